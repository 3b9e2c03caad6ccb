use platform::words::Locale;
use serde_json::json;

use super::support::{around, filled, household, pdf, places, post, route, step};
use crate::eform::{Answers, Flow, Step, TaskState};

fn states(answers: &Answers) -> Vec<(String, TaskState)> {
    let (form, places) = (household(), places());
    let flow = Flow::new(&form, answers, around(&places));
    flow.tasks(Locale::En).into_iter().map(|task| (task.section, task.state)).collect()
}

#[test]
fn a_new_form_asks_the_pages_without_conditions() {
    let wanted =
        ["role", "name", "birth", "home", "members.0", "members", "note", "sure"].map(String::from);
    assert_eq!(route(&household(), &Answers::default()), wanted);
}

#[test]
fn conditions_open_and_close_pages() {
    let form = household();
    let mut answers = filled(&form);
    assert!(!route(&form, &answers).contains(&"guardian".to_owned()));
    let young = [("birth_date-day", "24"), ("birth_date-month", "11"), ("birth_date-year", "2008")];
    post(&form, &mut answers, "birth", &young);
    assert!(route(&form, &answers).contains(&"guardian".to_owned()));
}

#[test]
fn an_answer_of_a_page_no_longer_asked_is_kept_but_not_handed_in() {
    let form = household();
    let places = places();
    let mut answers = filled(&form);
    post(&form, &mut answers, "guardian", &[("guardian", "Bùi Thị Cúc")]);
    let flow = Flow::new(&form, &answers, around(&places));
    assert_eq!(flow.submission()["answers"].get("guardian"), None);
    assert_eq!(answers.get("guardian"), "Bùi Thị Cúc");
    let young = [("birth_date-day", "24"), ("birth_date-month", "11"), ("birth_date-year", "2008")];
    post(&form, &mut answers, "birth", &young);
    let flow = Flow::new(&form, &answers, around(&places));
    assert_eq!(flow.submission()["answers"]["guardian"], "Bùi Thị Cúc");
}

#[test]
fn walking_forwards_reaches_the_check_and_backwards_the_start() {
    let (form, places) = (household(), places());
    let answers = filled(&form);
    let flow = Flow::new(&form, &answers, around(&places));
    let mut walked = vec!["role".to_owned()];
    let mut at = step(&form, "role");
    while at != Step::Check {
        at = flow.next(at);
        walked.push(at.address(&form));
    }
    assert_eq!(
        walked,
        ["role", "name", "birth", "home", "members.0", "members", "paper", "note", "sure", "check"]
    );
    let mut back = Vec::new();
    while let Some(earlier) = flow.previous(at) {
        back.push(earlier.address(&form));
        at = earlier;
    }
    assert_eq!(back, ["sure", "note", "paper", "members", "home", "birth", "name", "role"]);
}

#[test]
fn a_list_asks_for_more_until_it_is_told_no_or_full() {
    let (form, places) = (household(), places());
    let mut answers = Answers::default();
    let list = step(&form, "members");
    post(&form, &mut answers, "members.0", &[("members.0.full_name", "An")]);
    post(&form, &mut answers, "members", &[("members.more", "yes")]);
    let flow = Flow::new(&form, &answers, around(&places));
    assert_eq!(flow.next(list).address(&form), "members.1");
    assert!(flow.has(step(&form, "members.1")));
    assert!(!flow.is_done(list));
    post(&form, &mut answers, "members.1", &[("members.1.full_name", "Bình")]);
    let flow = Flow::new(&form, &answers, around(&places));
    assert_eq!(flow.faults_on(list).len(), 1, "whether there is another is asked again");
    post(&form, &mut answers, "members.2", &[("members.2.full_name", "Cúc")]);
    let flow = Flow::new(&form, &answers, around(&places));
    assert!(flow.is_done(list), "three is the most there can be");
    assert!(!flow.has(Step::Item(6, 3)));
    assert_eq!(flow.next(list).address(&form), "paper");
}

#[test]
fn removing_an_item_moves_the_later_ones_up() {
    let form = household();
    let mut answers = filled(&form);
    answers.remove_item(&form.groups()[0], 0);
    assert_eq!(answers.items(&form.groups()[0]), 1);
    assert_eq!(answers.get("members.0.full_name"), "Lê Thị Bình");
    assert_eq!(answers.get("members.1.full_name"), "");
    assert_eq!(answers.get("members.0.joined-year"), "");
    answers.remove_item(&form.groups()[0], 7);
    assert_eq!(answers.items(&form.groups()[0]), 1);
}

#[test]
fn a_form_can_end_early_and_say_why() {
    let (form, places) = (household(), places());
    let mut answers = filled(&form);
    post(&form, &mut answers, "role", &[("role", "child")]);
    let flow = Flow::new(&form, &answers, around(&places));
    assert_eq!(flow.stop().map(|page| page.id.as_str()), Some("minor"));
    assert!(!flow.is_ready());
    assert_eq!(flow.steps().last().map(|step| step.address(&form)).as_deref(), Some("minor"));
    assert_eq!(states(&answers), [("owner".to_owned(), TaskState::Problem)]);
}

#[test]
fn a_filled_form_is_ready_and_an_unfinished_one_says_where_to_go_on() {
    let (form, places) = (household(), places());
    let mut answers = filled(&form);
    let flow = Flow::new(&form, &answers, around(&places));
    assert_eq!(flow.faults(), []);
    assert!(flow.is_ready());
    assert_eq!(flow.first_open(), None);
    post(&form, &mut answers, "home", &[("home-commune", "")]);
    let flow = Flow::new(&form, &answers, around(&places));
    assert!(!flow.is_ready());
    assert_eq!(flow.first_open().map(|step| step.address(&form)).as_deref(), Some("home"));
}

#[test]
fn after_a_change_what_is_newly_needed_is_asked_and_then_the_check() {
    let (form, places) = (household(), places());
    let mut answers = filled(&form);
    let birth = step(&form, "birth");
    let flow = Flow::new(&form, &answers, around(&places));
    assert_eq!(flow.after_change(birth), Step::Check);
    let young = [("birth_date-day", "24"), ("birth_date-month", "11"), ("birth_date-year", "2008")];
    post(&form, &mut answers, "birth", &young);
    let flow = Flow::new(&form, &answers, around(&places));
    assert_eq!(flow.after_change(birth).address(&form), "guardian");
}

#[test]
fn progress_counts_steps_and_a_group_as_one() {
    let (form, places) = (household(), places());
    let answers = filled(&form);
    let flow = Flow::new(&form, &answers, around(&places));
    assert_eq!((flow.progress().done, flow.progress().total), (8, 8));
    let answers = Answers::default();
    let flow = Flow::new(&form, &answers, around(&places));
    assert_eq!((flow.progress().done, flow.progress().total), (0, 7));
}

#[test]
fn tasks_go_through_their_states() {
    use TaskState::*;
    let form = household();
    let named = |states: [TaskState; 3]| {
        let ids = ["owner", "members", "papers"].map(String::from);
        ids.into_iter().zip(states).collect::<Vec<_>>()
    };
    let mut answers = Answers::default();
    assert_eq!(states(&answers), named([NotStarted, CannotStart, CannotStart]));
    post(&form, &mut answers, "role", &[("role", "self")]);
    assert_eq!(states(&answers), named([InProgress, CannotStart, CannotStart]));
    let wrong = [("owner_name", "Hòa"), ("owner_number", "12")];
    post(&form, &mut answers, "name", &wrong);
    assert_eq!(states(&answers), named([Problem, CannotStart, CannotStart]));
    let mut answers = filled(&form);
    assert_eq!(states(&answers), named([Done, Done, Done]));
    answers.detach("paper", pdf(1).id);
    assert_eq!(states(&answers), named([Done, Done, InProgress]));
}

#[test]
fn what_is_handed_in_is_typed_and_says_which_form_it_answers() {
    let (form, places) = (household(), places());
    let answers = filled(&form);
    let flow = Flow::new(&form, &answers, around(&places));
    let submission = flow.submission();
    assert_eq!(submission["hash"], form.hash());
    assert_eq!(submission["answers"]["owner_number"], "001190012345");
    assert_eq!(submission["answers"]["birth_date"], "1990-03-05");
    assert_eq!(
        submission["answers"]["home"],
        json!({ "province": "01", "commune": "00004", "street": "12 Quán Thánh" })
    );
    assert_eq!(
        submission["answers"]["members"],
        json!([
            { "full_name": "Trần Văn An", "capital": 20_000_000, "joined": "2020" },
            { "full_name": "Lê Thị Bình", "capital": 1_500_000 }
        ])
    );
    assert_eq!(submission["calculated"], json!({ "total": 21_500_000, "kind": "group" }));
    assert_eq!(submission["answers"]["paper"][0]["name"], "bien-ban-1.pdf");
}

#[test]
fn addresses_of_steps_are_read_back_and_strange_ones_refused() {
    let form = household();
    for address in ["role", "members", "members.2", "check"] {
        assert_eq!(step(&form, address).address(&form), address);
    }
    for strange in ["", "nobody", "role.0", "members.3", "members.x", "members.-1", "check.0"] {
        assert_eq!(Step::find(&form, strange), None, "{strange}");
    }
}
