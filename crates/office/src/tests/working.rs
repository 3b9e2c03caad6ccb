//! Tasks, deputies, deadlines, handing over.

use jiff::SignedDuration;
use platform::testing::Visitor;

use super::mail::{Mail, act, incoming_page};
use crate::document::IncomingId;
use crate::incoming::State;
use crate::store::tasks;
use crate::task::{Task, TaskState};

const TASKS: &str = "/can-bo/viec";

/// A document in the book, handed to this officer with so many working days.
async fn handed(mail: &Mail, number: u32, (main, days): (&str, &str)) -> (IncomingId, Task) {
    let id = mail.arrive(number).await;
    let mut clerk = mail.at_work("vanthu").await;
    assert_eq!(act(&mut clerk, &incoming_page(id, "tiep-nhan"), &[]).await.status, 303);
    let mut head = mail.at_work("lanhdao").await;
    let main = mail.account(main).await;
    let fields = [("main", main.as_str()), ("days", days), ("instruction", "Xử lý")];
    let assigned = act(&mut head, &incoming_page(id, "phan-cong"), &fields).await;
    assert_eq!(assigned.status, 303, "{}", assigned.text);
    (id, of(mail, id).await.remove(0))
}

async fn of(mail: &Mail, id: IncomingId) -> Vec<Task> {
    mail.read(move |tx| tasks::of_incoming(tx, id)).await
}

fn page(task: &Task, act: &str) -> String {
    format!("{TASKS}/{}/lam/{act}", task.id)
}

async fn days_pass(mail: &Mail, days: i64) {
    mail.pass(SignedDuration::from_hours(24 * days));
}

#[tokio::test]
async fn a_task_without_a_document_is_given_worked_on_and_done() {
    let mail = Mail::new().await;
    let mut head = mail.at_work("lanhdao").await;
    let person = mail.account("chuyenvien").await;
    let give = format!("{TASKS}/giao");
    let fields = [("title", "Chuẩn bị họp giao ban"), ("person", person.as_str()), ("days", "2")];
    head.get(&give).await;
    let wrong = head.post(&give, &fields[1..]).await;
    assert_eq!(wrong.status, 422, "nothing to do");
    let given = head.post(&give, &fields).await;
    assert_eq!(given.status, 303, "{}", given.text);
    let here = given.location().to_owned();
    let mut handler = mail.at_work("chuyenvien").await;
    assert!(handler.get(TASKS).await.has("Chuẩn bị họp giao ban"));
    assert_eq!(act(&mut handler, &format!("{here}/lam/bat-dau"), &[]).await.status, 303);
    let wrong = act(&mut handler, &format!("{here}/lam/tien-do"), &[("progress", "140")]).await;
    assert_eq!(wrong.status, 422);
    assert_eq!(act(&mut handler, &format!("{here}/lam/hoan-thanh"), &[]).await.status, 303);
    assert!(handler.get(&format!("{TASKS}?muc=da-xong")).await.has("Chuẩn bị họp giao ban"));
    // Specialists give nothing, and others' tasks are not there.
    assert_eq!(handler.get(&give).await.status, 404);
    assert_eq!(mail.at_work("phoihop").await.get(&here).await.status, 404);
}

#[tokio::test]
async fn more_time_is_asked_for_and_granted_by_who_leads() {
    let mail = Mail::new().await;
    let (_, task) = handed(&mail, 31, ("chuyenvien", "2")).await;
    let mut handler = mail.at_work("chuyenvien").await;
    let ask = page(&task, "gia-han");
    let earlier = [("due-day", "24"), ("due-month", "11"), ("due-year", "2026"), ("reason", "Bận")];
    assert_eq!(act(&mut handler, &ask, &earlier).await.status, 422, "before the deadline");
    let later = [("due-day", "4"), ("due-month", "12"), ("due-year", "2026"), ("reason", "Chờ số")];
    assert_eq!(act(&mut handler, &ask, &later).await.status, 303);
    let grant = page(&task, "dong-y-gia-han");
    assert_eq!(handler.get(&grant).await.status, 404, "not one's own");
    let mut head = mail.at_work("lanhdao").await;
    assert!(head.get(&format!("{TASKS}?muc=da-giao")).await.has("Xin gia hạn"));
    assert_eq!(act(&mut head, &grant, &[]).await.status, 303);
    let id = task.id;
    let now = mail.read(move |tx| tasks::by_id(tx, id)).await.unwrap();
    assert_eq!(now.due_on.unwrap().to_string(), "2026-12-04");
    assert_eq!(now.remind_on.unwrap().to_string(), "2026-12-03");
}

#[tokio::test]
async fn a_task_is_handed_on_and_handed_back() {
    let mail = Mail::new().await;
    let (id, task) = handed(&mail, 32, ("chuyenvien", "5")).await;
    let mut first = mail.at_work("chuyenvien").await;
    let other = mail.account("phoihop").await;
    let fields = [("person", other.as_str()), ("note", "Giúp tôi")];
    assert_eq!(act(&mut first, &page(&task, "chuyen"), &fields).await.status, 303);
    let all = of(&mail, id).await;
    assert_eq!(all[0].state, TaskState::Passed);
    assert_eq!((all[1].state, all[1].due_on), (TaskState::Given, all[0].due_on));
    let mut second = mail.at_work("phoihop").await;
    let back = page(&all[1], "tra-lai");
    assert_eq!(act(&mut second, &back, &[]).await.status, 422, "no reason");
    let said = [("reason", "Không thuộc lĩnh vực")];
    assert_eq!(act(&mut second, &back, &said).await.status, 303);
    assert_eq!(mail.one(id).await.state, State::Submitted, "before whoever handed it out");
    let mut head = mail.at_work("lanhdao").await;
    let main = mail.account("chuyenvien").await;
    let again = act(&mut head, &incoming_page(id, "phan-cong"), &[("main", &main)]).await;
    assert_eq!(again.status, 303, "{}", again.text);
    assert_eq!(mail.heard_code(32).await, "04");
}

#[tokio::test]
async fn who_stands_in_sees_and_does_the_work_and_the_log_has_both_names() {
    let mail = Mail::new().await;
    let (id, task) = handed(&mail, 33, ("chuyenvien", "5")).await;
    let deputy = mail.account("phoihop").await;
    let mut standing = mail.at_work("phoihop").await;
    assert_eq!(standing.get(&format!("{TASKS}/{}", task.id)).await.status, 404);
    let mut away = mail.at_work("chuyenvien").await;
    let declare = format!("{TASKS}/vang-mat");
    away.get(&declare).await;
    let days = |last: &'static str| {
        [
            ("person", deputy.clone()),
            ("first-day", "23".to_owned()),
            ("first-month", "11".to_owned()),
            ("first-year", "2026".to_owned()),
            ("last-day", last.to_owned()),
            ("last-month", "11".to_owned()),
            ("last-year", "2026".to_owned()),
        ]
    };
    assert_eq!(sent(&mut away, &declare, &days("22")).await, 422, "it ends before it begins");
    assert_eq!(sent(&mut away, &declare, &days("25")).await, 303);
    assert_eq!(sent(&mut away, &declare, &days("24")).await, 422, "twice in the same days");
    let list = standing.get(TASKS).await;
    assert!(list.has("Việc của Cán bộ chuyenvien"), "{}", list.text);
    let seen = standing.get(&format!("{TASKS}/{}", task.id)).await;
    assert!(seen.has("Đang làm thay Cán bộ chuyenvien"), "{}", seen.text);
    assert_eq!(act(&mut standing, &page(&task, "bat-dau"), &[]).await.status, 303);
    assert_eq!(mail.heard_code(33).await, "05");
    let told = standing.get(&format!("/can-bo/van-ban-den/{id}")).await;
    assert!(told.has("Cán bộ phoihop, làm thay Cán bộ chuyenvien"), "{}", told.text);
    let log = mail.log("office.begin-task").await;
    assert!(log[0].detail.contains("inPlaceOf"), "{}", log[0].detail);
    // On the day after the last it is over.
    days_pass(&mail, 3).await;
    let mut standing = mail.at_work("phoihop").await;
    assert_eq!(standing.get(&format!("{TASKS}/{}", task.id)).await.status, 404);
}

async fn sent(visitor: &mut Visitor, path: &str, fields: &[(&str, String)]) -> u16 {
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    visitor.post(path, &fields).await.status.as_u16()
}

#[tokio::test]
async fn a_deputy_of_a_leader_hands_out_documents_and_others_do_not() {
    let mail = Mail::new().await;
    let id = mail.arrive(34).await;
    let mut clerk = mail.at_work("vanthu").await;
    assert_eq!(act(&mut clerk, &incoming_page(id, "tiep-nhan"), &[]).await.status, 303);
    let mut stand_in = mail.at_work("chuyenvien").await;
    let assign = incoming_page(id, "phan-cong");
    assert_eq!(stand_in.get(&assign).await.status, 404);
    let mut head = mail.at_work("lanhdao").await;
    let declare = format!("{TASKS}/vang-mat");
    head.get(&declare).await;
    let deputy = mail.account("chuyenvien").await;
    let day = |name: &'static str, value: &str| (name, value.to_owned());
    let fields = [
        ("person", deputy),
        day("first-day", "23"),
        day("first-month", "11"),
        day("first-year", "2026"),
        day("last-day", "23"),
        day("last-month", "11"),
        day("last-year", "2026"),
    ];
    assert_eq!(sent(&mut head, &declare, &fields).await, 303);
    let main = mail.account("phoihop").await;
    assert_eq!(act(&mut stand_in, &assign, &[("main", &main)]).await.status, 303);
    assert!(mail.log("office.assign").await[0].detail.contains("inPlaceOf"));
}

#[tokio::test]
async fn reminders_come_on_the_working_day_before_and_once_when_it_is_late() {
    let mail = Mail::new().await;
    // Handed out on Monday with five working days: due on Monday the 30th.
    let (_, task) = handed(&mail, 35, ("chuyenvien", "5")).await;
    assert_eq!(task.due_on.unwrap().to_string(), "2026-11-30");
    assert_eq!(task.remind_on.unwrap().to_string(), "2026-11-27", "Friday, not Sunday");
    let id = task.id;
    let look = async || mail.read(move |tx| tasks::by_id(tx, id)).await.unwrap();
    mail.run("office.remind").await;
    assert!(look().await.remind_on.is_some(), "not yet");
    days_pass(&mail, 4).await;
    mail.run("office.remind").await;
    assert!(look().await.remind_on.is_none() && !look().await.is_late_told);
    days_pass(&mail, 4).await;
    mail.run("office.remind").await;
    assert!(look().await.is_late_told);
    let mut head = mail.at_work("lanhdao").await;
    let late = head.get(&format!("{TASKS}/qua-han")).await;
    assert!(late.has("Cán bộ chuyenvien") && late.has("Quá hạn"), "{}", late.text);
    let list = head.get("/can-bo/van-ban-den?muc=qua-han").await;
    assert!(list.has("tháng 35"), "{}", list.text);
    assert_eq!(mail.at_work("chuyenvien").await.get(&format!("{TASKS}/qua-han")).await.status, 404);
}

#[tokio::test]
async fn when_somebody_leaves_all_that_is_open_goes_to_a_colleague() {
    let mail = Mail::new().await;
    let (first, _) = handed(&mail, 36, ("chuyenvien", "5")).await;
    let (second, _) = handed(&mail, 37, ("chuyenvien", "5")).await;
    let (from, to) = (mail.account("chuyenvien").await, mail.account("phoihop").await);
    let fields = [("leaver", from.as_str()), ("successor", &to), ("why", "Chuyển công tác")];
    let over = format!("{TASKS}/ban-giao");
    let mut colleague = mail.at_work("phoihop").await;
    colleague.get(TASKS).await;
    assert_eq!(colleague.post(&over, &fields).await.status, 404, "not another's work");
    let mut head = mail.at_work("lanhdao").await;
    head.get(&format!("{TASKS}/vang-mat")).await;
    let same = [("leaver", from.as_str()), ("successor", &from)];
    assert_eq!(head.post(&over, &same).await.status, 422);
    assert_eq!(head.post(&over, &fields).await.status, 303);
    for id in [first, second] {
        let all = of(&mail, id).await;
        assert_eq!(all[0].state, TaskState::Passed);
        assert_eq!((all[1].name.as_str(), all[1].state), ("Cán bộ phoihop", TaskState::Given));
        assert_eq!(all[1].due_on, all[0].due_on);
    }
    assert!(colleague.get(TASKS).await.has("tháng 36"));
    assert_eq!(mail.log("office.hand-over").await.len(), 2);
}

#[tokio::test]
async fn assigning_anew_takes_the_place_of_what_was_assigned_and_everyone_has_one_part() {
    let mail = Mail::new().await;
    let (id, task) = handed(&mail, 38, ("chuyenvien", "5")).await;
    let mut head = mail.at_work("lanhdao").await;
    let assign = incoming_page(id, "phan-cong");
    let (one, other) = (mail.account("chuyenvien").await, mail.account("phoihop").await);
    let twice = act(&mut head, &assign, &[("main", one.as_str()), ("co", &one)]).await;
    assert!(twice.status == 422 && twice.has("Mỗi người chỉ có một vai trò"), "{}", twice.text);
    let stranger = mail.account("vanthu.hue").await;
    assert_eq!(act(&mut head, &assign, &[("main", &stranger)]).await.status, 422);
    assert_eq!(act(&mut head, &assign, &[]).await.status, 422, "nobody");
    assert_eq!(act(&mut head, &assign, &[("main", &other)]).await.status, 303);
    let states: Vec<TaskState> = of(&mail, id).await.iter().map(|task| task.state).collect();
    assert_eq!(states, [TaskState::CalledOff, TaskState::Given]);
    let mut first = mail.at_work("chuyenvien").await;
    assert_eq!(first.get(&page(&task, "bat-dau")).await.status, 404);
}
