//! The commands: what they change, what they refuse, what they leave behind.

use jiff::civil::date;
use platform::audit;
use platform::figures;

use super::house::{Town, closing, draft};
use crate::commands::{self, Edit, Recoding, Successor, Target};
use crate::contact::{Contact, ContactLines};
use crate::queries;
use crate::{Code, Kind, Level, Name, Refusal};

const TODAY: jiff::civil::Date = date(2026, 11, 23);

fn edit(name: &str) -> Edit {
    Edit {
        name: Name::parse(name).unwrap(),
        short_name: None,
        note: None,
        renamed_on: None,
        reason: String::new(),
    }
}

fn recoding(code: &str) -> Recoding {
    Recoding { code: Code::issue(code).unwrap(), provisional: false, reason: "QĐ 1".to_owned() }
}

#[tokio::test]
async fn a_province_issues_codes_below_its_own() {
    let town = Town::small().await;
    let hue = town.mandate_over("H57").await;
    let draft = draft("H57.14", "Sở Y tế thành phố Huế", Kind::Department);
    let unit = commands::create(town.ctx(), &hue, draft).await.unwrap();
    assert_eq!((unit.level, unit.version), (Level::Province, 1));
    assert_eq!(unit.parent, Some(town.unit("H57").await.id));
    assert_eq!(town.unit("h57.14").await, unit, "what is stored is what was answered");
    assert_eq!(town.history("H57.14").await, ["organisations.create"]);
}

#[tokio::test]
async fn nobody_issues_codes_outside_his_own_part() {
    let town = Town::small().await;
    let hue = town.mandate_over("H57").await;
    let try_out = |code: &'static str, kind| {
        let (town, hue) = (&town, hue.clone());
        async move { commands::create(town.ctx(), &hue, draft(code, "Thử", kind)).await }
    };
    let refused = try_out("H17.14", Kind::Department).await;
    assert_eq!(refused, Err(Refusal::NothingAbove { code: Code::issue("H17").unwrap() }));
    assert_eq!(try_out("H20", Kind::ProvinceCommittee).await, Err(Refusal::LevelOneIsIssuedAbove));
    let refused = try_out("H57.55.01", Kind::Department).await;
    assert_eq!(refused, Err(Refusal::NothingAbove { code: Code::issue("H57.55").unwrap() }));
    assert_eq!(try_out("H57.60", Kind::Ministry).await, Err(Refusal::KindMisplaced));
    assert!(matches!(try_out("H57.02", Kind::Department).await, Err(Refusal::CodeTaken { .. })));
}

#[tokio::test]
async fn a_province_does_not_change_itself_nor_its_neighbour() {
    let town = Town::small().await;
    let hue = town.mandate_over("H57").await;
    let own = town.target("H57").await;
    let other = town.target("H17").await;
    let ctx = town.ctx();
    let name = || edit("Ủy ban nhân dân kinh đô Huế");
    assert_eq!(commands::edit(ctx, &hue, own, name()).await, Err(Refusal::OwnUnit));
    assert_eq!(commands::edit(ctx, &hue, other, name()).await, Err(Refusal::NoSuchUnit));
    let moved = commands::recode(ctx, &hue, own, recoding("H58")).await;
    assert_eq!(moved, Err(Refusal::OwnUnit));
    let ended = commands::close(ctx, &hue, own, closing(TODAY, &[])).await;
    assert_eq!(ended, Err(Refusal::OwnUnit));
    let lines = ContactLines { phone: "0234 3822 222".to_owned(), ..ContactLines::default() };
    let contact = Contact::parse(&lines).unwrap();
    let called = commands::change_contact(ctx, &hue, own, contact.clone()).await.unwrap();
    assert_eq!(called.contact, contact, "how to reach one's own agency is one's own business");
    let refused = commands::change_contact(ctx, &hue, other, contact).await;
    assert_eq!(refused, Err(Refusal::NoSuchUnit));
}

#[tokio::test]
async fn a_renamed_unit_is_found_by_both_names() {
    let town = Town::small().await;
    let at = town.target("H57.02").await;
    let renaming =
        Edit { renamed_on: Some(date(2026, 1, 1)), ..edit("Sở Công lý thành phố Huế") };
    let unit = commands::edit(town.ctx(), &town.everything(), at, renaming).await.unwrap();
    assert_eq!(unit.version, 2);
    assert_eq!(town.found("so cong ly").await, ["H57.02"]);
    assert_eq!(town.found("so tu phap hue").await, ["H57.02"]);
    let names = town.ctx().store.read(move |tx| queries::former_names(tx, unit.id)).await.unwrap();
    assert_eq!(names[0].name.as_str(), "Sở Tư pháp thành phố Huế");
    assert_eq!(names[0].valid_to, date(2025, 12, 31), "the last day of the old name");
    assert_eq!(town.history("H57.02").await[0], "organisations.rename");
}

#[tokio::test]
async fn a_corrected_name_leaves_no_former_name() {
    let town = Town::small().await;
    let at = town.target("H57.02").await;
    let correction = edit("Sở Tư pháp TP Huế");
    let unit = commands::edit(town.ctx(), &town.everything(), at, correction).await.unwrap();
    let names = town.ctx().store.read(move |tx| queries::former_names(tx, unit.id)).await.unwrap();
    assert_eq!(names, []);
    let again = Target { version: 2, ..at };
    let all = town.everything();
    let same = commands::edit(town.ctx(), &all, again, edit("Sở Tư pháp TP Huế")).await;
    assert_eq!(same, Err(Refusal::NothingChanged));
}

#[tokio::test]
async fn whoever_changes_an_older_version_is_told() {
    let town = Town::small().await;
    let at = town.target("H57.02").await;
    let (ctx, all) = (town.ctx(), town.everything());
    commands::edit(ctx, &all, at, edit("Sở A")).await.unwrap();
    assert_eq!(commands::edit(ctx, &all, at, edit("Sở B")).await, Err(Refusal::ChangedMeanwhile));
    assert_eq!(town.unit("H57.02").await.name.as_str(), "Sở A");
}

#[tokio::test]
async fn a_moved_unit_takes_everything_below_along_and_keeps_its_old_codes() {
    let town = Town::small().await;
    let name = "Trung tâm Phục vụ hành chính công phường Thuận Hóa";
    town.create("H57.101.01", name, Kind::OneStopCentre).await;
    let (centre, at) = (town.unit("H57.101.01").await, town.target("H57.101").await);
    let all = town.everything();
    let moved = commands::recode(town.ctx(), &all, at, recoding("H17.205")).await.unwrap();
    assert_eq!(moved.parent, Some(town.unit("H17").await.id));
    assert_eq!(town.unit("H57.101").await.id, moved.id, "the old code still means it");
    let below = town.unit("H57.101.01").await;
    assert_eq!((below.id, below.code.as_str()), (centre.id, "H17.205.01"));
    assert_eq!(town.found("thuan hoa da nang").await, ["H17.205", "H17.205.01"]);
    assert_eq!(town.found("thuan hoa hue").await, Vec::<String>::new());
    assert_eq!(town.history("H17.205").await[0], "organisations.move");
    assert_eq!(town.history("H17.205.01").await[0], "organisations.move");
    let taken =
        commands::create(town.ctx(), &all, draft("H57.101", "Phường mới", Kind::CommuneCommittee));
    assert!(matches!(taken.await, Err(Refusal::CodeTaken { .. })), "a code is given once");
}

#[tokio::test]
async fn a_unit_can_come_back_to_a_code_it_had() {
    let town = Town::small().await;
    let (ctx, all) = (town.ctx(), town.everything());
    let there =
        commands::recode(ctx, &all, town.target("H57.101").await, recoding("H17.205")).await;
    let at = Target { unit: there.unwrap().id, version: 2 };
    let back = commands::recode(ctx, &all, at, recoding("H57.101")).await.unwrap();
    assert_eq!(back.code.as_str(), "H57.101");
    assert_eq!(town.unit("H17.205").await.id, back.id);
}

#[tokio::test]
async fn moves_that_make_no_tree_are_refused() {
    let town = Town::small().await;
    let (ctx, all) = (town.ctx(), town.everything());
    let table = [
        ("H57.101", "H57.101.05", Refusal::BelowItself),
        ("H57.101", "H57.101", Refusal::NothingChanged),
        ("H57.101", "G15.05", Refusal::KindMisplaced),
        ("H57.101", "H30.101", Refusal::NothingAbove { code: Code::issue("H30").unwrap() }),
        (
            "H57.101",
            "H47.101",
            Refusal::OutlivesTheUnitAbove {
                above: "Ủy ban nhân dân tỉnh Quảng Nam".to_owned()
            },
        ),
    ];
    for (from, to, expected) in table {
        let at = town.target(from).await;
        let refused = commands::recode(ctx, &all, at, recoding(to)).await;
        assert_eq!(refused, Err(expected), "{from} to {to}");
    }
}

#[tokio::test]
async fn an_official_code_replaces_a_provisional_one() {
    let town = Town::empty().await;
    town.create("H57", "Ủy ban nhân dân thành phố Huế", Kind::ProvinceCommittee).await;
    let mut stand_in = draft("H57.101", "UBND phường", Kind::CommuneCommittee);
    stand_in.provisional = true;
    let (ctx, hue) = (town.ctx(), town.mandate_over("H57").await);
    commands::create(ctx, &hue, stand_in).await.unwrap();
    let at = town.target("H57.101").await;
    let official = commands::recode(ctx, &hue, at, recoding("H57.33")).await.unwrap();
    assert!(!official.provisional);
    assert_eq!(town.history("H57.33").await[0], "organisations.recode");
}

#[tokio::test]
async fn a_closed_unit_offers_its_successors_also_through_another_closing() {
    let town = Town::small().await;
    town.create("H20", "Ủy ban nhân dân tỉnh Đồng Tháp", Kind::ProvinceCommittee).await;
    town.close("H17", date(2026, 6, 30), &["H20"]).await.unwrap();
    let id = town.unit("H47").await.id;
    let heirs = |on| town.ctx().store.read(move |tx| queries::successors(tx, id, on));
    let codes = |heirs: Vec<queries::HeirUnit>| {
        heirs.iter().map(|heir| heir.unit.code.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(codes(heirs(date(2026, 6, 30)).await.unwrap()), ["H17"]);
    assert_eq!(codes(heirs(date(2026, 7, 1)).await.unwrap()), ["H20"], "H17 has ended too");
}

#[tokio::test]
async fn closings_against_the_rules_are_refused() {
    let town = Town::small().await;
    let code = |text: &str| Code::issue(text).unwrap();
    let day = date(2026, 12, 31);
    let table = [
        ("H57.02", vec!["H57.02"], Refusal::SucceedsItself),
        ("H57.02", vec!["H99"], Refusal::NoSuchSuccessor { code: "H99".to_owned() }),
        ("H57.02", vec!["H47"], Refusal::SuccessorNotInForce { code: code("H47") }),
        ("H47", vec!["H17"], Refusal::AlreadyClosed { on: date(2025, 6, 30) }),
        ("H57", vec!["H17"], Refusal::UnitsBelowInForce { count: 4 }),
    ];
    for (closed, heirs, expected) in table {
        assert_eq!(town.close(closed, day, &heirs).await, Err(expected), "{closed} {heirs:?}");
    }
    let mut late = draft("H57.30", "Sở mới", Kind::Department);
    late.valid_from = Some(date(2026, 1, 1));
    commands::create(town.ctx(), &town.everything(), late).await.unwrap();
    let early = town.close("H57.30", date(2025, 12, 31), &[]).await;
    assert_eq!(early, Err(Refusal::EndsBeforeItBegins));
}

#[tokio::test]
async fn a_whole_province_ends_with_all_below_it() {
    let town = Town::small().await;
    let (ctx, all) = (town.ctx(), town.everything());
    let ending = commands::Closing {
        with_children: true,
        successors: vec![Successor {
            code: "000.00.00.H17".to_owned(),
            matter: Some("tất cả".to_owned()),
        }],
        ..closing(date(2026, 6, 30), &[])
    };
    let at = town.target("H57").await;
    let refused = commands::close(ctx, &all, at, ending.clone()).await;
    assert_eq!(refused, Err(Refusal::NoSuchSuccessor { code: "000.00.00.H17".to_owned() }));
    let alias = Code::receive("000.00.00.H17").unwrap();
    commands::add_alias(ctx, &all, town.target("H17").await, alias).await.unwrap();
    commands::close(ctx, &all, at, ending).await.unwrap();
    for code in ["H57", "H57.02", "H57.20", "H57.101", "H57.102"] {
        let unit = town.unit(code).await;
        assert_eq!(unit.valid_to, Some(date(2026, 6, 30)), "{code}");
        let heirs =
            ctx.store.read(move |tx| queries::successors(tx, unit.id, TODAY)).await.unwrap();
        assert_eq!(heirs[0].unit.code.as_str(), "H17", "{code}");
        assert_eq!(heirs[0].matter.as_deref(), Some("tất cả"), "{code}");
    }
}

#[tokio::test]
async fn an_end_entered_by_mistake_is_taken_back() {
    let town = Town::small().await;
    let (ctx, all) = (town.ctx(), town.everything());
    let at = town.target("H47").await;
    let unit = commands::reopen(ctx, &all, at, "ghi nhầm".to_owned()).await.unwrap();
    assert_eq!(unit.valid_to, None);
    let heirs = ctx.store.read(move |tx| queries::successors(tx, unit.id, TODAY)).await.unwrap();
    assert_eq!(heirs, []);
    let at = town.target("H47").await;
    assert_eq!(commands::reopen(ctx, &all, at, String::new()).await, Err(Refusal::NotClosed));
    assert_eq!(town.history("H47").await[0], "organisations.reopen");
}

#[tokio::test]
async fn an_alias_means_the_unit_until_it_is_taken_back() {
    let town = Town::small().await;
    let (ctx, all) = (town.ctx(), town.everything());
    let alias = Code::receive("vxp.saas.02").unwrap();
    let at = town.target("H57.02").await;
    commands::add_alias(ctx, &all, at, alias.clone()).await.unwrap();
    assert_eq!(town.unit("VXP.SAAS.02").await.code.as_str(), "H57.02", "in any case of letters");
    assert_eq!(town.found("vxp.saas.02").await, ["H57.02"]);
    let other = town.target("G15").await;
    let taken = commands::add_alias(ctx, &all, other, alias.clone()).await;
    assert!(matches!(taken, Err(Refusal::CodeTaken { .. })));
    let own = Code::issue("H57.02").unwrap();
    let kept = commands::remove_alias(ctx, &all, at, own).await;
    assert_eq!(kept, Err(Refusal::NoSuchAlias), "a unit's own code is no alias");
    commands::remove_alias(ctx, &all, at, alias).await.unwrap();
    assert_eq!(town.by_code("vxp.saas.02").await, None);
}

#[tokio::test]
async fn every_change_leaves_history_audit_and_figure() {
    let town = Town::small().await;
    let at = town.target("H57.02").await;
    let change = Edit { reason: "QĐ 15/2026".to_owned(), ..edit("Sở Công lý") };
    commands::edit(town.ctx(), &town.everything(), at, change).await.unwrap();
    let (history, entries, count) = town
        .ctx()
        .store
        .read(move |tx| {
            let history = queries::history(tx, at.unit, None, 1)?;
            let object = format!("unit:{}", at.unit);
            let filter = audit::Filter { object: Some(object), ..audit::Filter::default() };
            let day = figures::Period::day(TODAY);
            let count = figures::total(tx, "organisations.changed", &[], day)?;
            Ok::<_, platform::store::StoreError>((history, audit::search(tx, &filter)?, count))
        })
        .await
        .unwrap();
    let change = &history[0];
    assert_eq!(change.actor_name, super::house::OPERATOR);
    assert_eq!(change.reason.as_deref(), Some("QĐ 15/2026"));
    let before = change.before.as_ref().unwrap();
    assert_eq!(*before, serde_json::json!({ "name": "Sở Tư pháp thành phố Huế" }));
    assert_eq!(*change.after.as_ref().unwrap(), serde_json::json!({ "name": "Sở Công lý" }));
    let verbs: Vec<&str> = entries.iter().map(|entry| entry.verb.as_str()).collect();
    assert_eq!(verbs, ["organisations.edit", "organisations.create"]);
    assert_eq!(count, 10, "eight made, one closed, one edited");
}

#[tokio::test]
async fn a_refused_change_leaves_nothing() {
    let town = Town::small().await;
    let revision = || town.ctx().store.read(queries::revision);
    let before = revision().await.unwrap();
    let taken = draft("H57.02", "Sở khác", Kind::Department);
    commands::create(town.ctx(), &town.everything(), taken).await.unwrap_err();
    assert_eq!(revision().await.unwrap(), before);
    assert_eq!(town.history("H57.02").await, ["organisations.create"]);
}

#[tokio::test]
async fn older_codes_are_those_of_the_form_before_and_nothing_else() {
    let town = Town::small().await;
    let (ctx, all) = (town.ctx(), town.everything());
    let aliases = [
        ("H57", "000.00.00.H57"),
        ("H57.02", "000.02.00.H57"),
        ("G15", "001.00.20.TT2"),
        ("H17", "012.A5.14.H20"),
        ("H57.101", "vxp.saas.02"),
    ];
    for (code, alias) in aliases {
        let (at, alias) = (town.target(code).await, Code::receive(alias).unwrap());
        commands::add_alias(ctx, &all, at, alias).await.unwrap();
    }
    let older = ctx.store.read(queries::older_codes).await.unwrap();
    let mut written: Vec<String> = older.values().map(Code::to_string).collect();
    written.sort();
    assert_eq!(written, ["000.00.00.H57", "000.02.00.H57"]);
    assert_eq!(older[&town.unit("H57.02").await.id].as_str(), "000.02.00.H57");
}
