//! From the form of an act to its command. A mistake is told at its field.

use identity::Authority;
use jiff::civil::{Date, Time};
use platform::Ctx;
use platform::clock::local;
use platform::web::View;
use platform::web::form::{Answers, DateParts, Errors};
use platform::words::Locale;

use super::act::Act;
use super::asking::{ALL_QUESTIONS, components, is_counted, questions};
use crate::commands::decision::{self, Apology};
use crate::commands::deliver::{self, Delivery, How};
use crate::commands::demand::{self, MoneyWanted, SupplementWanted};
use crate::commands::handling::{self, HandOn};
use crate::commands::reception::{self, Acceptance, Grounds};
use crate::commands::{Target, reply};
use crate::demand::{DemandItem, Wanted};
use crate::dossier::Dossier;
use crate::queries::Whole;
use crate::refusal::Refusal;
use crate::store::result::Wording;

/// An act under way, from its form to its command.
pub(super) struct Doing<'a> {
    pub view: &'a View,
    pub ctx: &'a Ctx,
    pub whole: &'a Whole,
    pub authority: &'a Authority,
    pub form: &'a Answers,
}

/// Mistakes in the form, when there are any.
pub(super) type Done = Result<Dossier, Errors>;

impl Doing<'_> {
    pub async fn run(&self, act: Act) -> Result<Done, Refusal> {
        let mut errors = Errors::new();
        let target = self.target();
        let (ctx, by) = (self.ctx, self.authority);
        let done = match act {
            Act::Accept => match self.acceptance(&mut errors) {
                Some(acceptance) => reception::accept(ctx, by, target, acceptance).await,
                None => return Ok(Err(errors)),
            },
            Act::Supplement => match self.supplement(&mut errors) {
                Some(wanted) => demand::ask_supplement(ctx, by, target, wanted).await,
                None => return Ok(Err(errors)),
            },
            Act::Money => match self.money(&mut errors) {
                Some(wanted) => demand::ask_money(ctx, by, target, wanted).await,
                None => return Ok(Err(errors)),
            },
            Act::Reappoint => match self.apology(&mut errors) {
                Some(apology) => decision::reappoint(ctx, by, target, apology).await,
                None => return Ok(Err(errors)),
            },
            Act::Decide | Act::Propose => match self.wording(&mut errors) {
                Some(wording) if act == Act::Decide => {
                    decision::decide(ctx, by, target, wording).await
                }
                Some(wording) => handling::propose(ctx, by, target, wording).await,
                None => return Ok(Err(errors)),
            },
            Act::Deliver => match self.delivery(&mut errors) {
                Some(delivery) => deliver::deliver(ctx, by, target, delivery).await,
                None => return Ok(Err(errors)),
            },
            other => return self.run_with_words(other, errors).await,
        };
        done.map(Ok)
    }

    /// Acts that ask for a reason or a word at most.
    async fn run_with_words(&self, act: Act, mut errors: Errors) -> Result<Done, Refusal> {
        let target = self.target();
        let (ctx, by) = (self.ctx, self.authority);
        let field = if act == Act::Note { "ghi-chu" } else { "ly-do" };
        let asks = matches!(act, Act::Refuse | Act::Stop | Act::HandBack | Act::Expire | Act::Note);
        let words = if asks { self.needed(field, &mut errors) } else { Some(String::new()) };
        let Some(words) = words else { return Ok(Err(errors)) };
        let noted = self.form.get("ghi-nhan").to_owned();
        let done = match act {
            Act::Refuse => reception::refuse(ctx, by, target, self.grounds(words)).await,
            Act::Stop => decision::stop(ctx, by, target, self.grounds(words)).await,
            Act::HandBack => handling::hand_back(ctx, by, target, words).await,
            Act::Expire => demand::expire(ctx, by, target, words).await,
            Act::Note => handling::note(ctx, by, target, words).await,
            Act::HandOn => handling::hand_on(ctx, by, target, self.hand_on()).await,
            Act::Recall => decision::recall(ctx, by, target).await,
            Act::MoneySettled => demand::settle_money(ctx, by, target, noted).await,
            _ => reply::take_at_counter(ctx, by, target, noted).await,
        };
        done.map(Ok)
    }

    fn target(&self) -> Target {
        let version = self.form.get("version").parse().unwrap_or_default();
        Target { id: self.whole.dossier.id, version }
    }

    /// A text that must be there.
    fn needed(&self, name: &str, errors: &mut Errors) -> Option<String> {
        let text = self.form.get(name);
        if text.is_empty() {
            errors.add(name, self.view.t(&format!("dossiers-field-{name}-missing")));
        }
        (!text.is_empty()).then(|| text.to_owned())
    }

    fn grounds(&self, reason: String) -> Grounds {
        Grounds { reason, legal_basis: self.form.get("can-cu").to_owned() }
    }

    fn hand_on(&self) -> HandOn {
        HandOn {
            to_step: self.form.get("buoc").parse().ok(),
            note: self.form.get("ghi-chu").to_owned(),
        }
    }

    fn acceptance(&self, errors: &mut Errors) -> Option<Acceptance> {
        let counted = is_counted(&self.whole.dossier);
        let due = if counted { None } else { self.day("ngay-hen", errors) };
        let at_noon = Time::constant(17, 0, 0, 0);
        errors.is_empty().then(|| Acceptance {
            due: due.map(|day| day.to_datetime(at_noon)),
            due_reason: self.form.get("vi-sao").to_owned(),
            told: self.form.get("loi-nhan").to_owned(),
        })
    }

    fn supplement(&self, errors: &mut Errors) -> Option<SupplementWanted> {
        let items = [self.papers_wanted(), self.questions_wanted()].concat();
        let reason = self.needed("ly-do", errors);
        let answer_by = self.optional_day("han-tra-loi", errors);
        let reason = reason.filter(|_| errors.is_empty())?;
        let legal_basis = self.form.get("can-cu").to_owned();
        Some(SupplementWanted { items, reason, legal_basis, answer_by })
    }

    fn papers_wanted(&self) -> Vec<DemandItem> {
        let ticked = self.form.all("giay-to");
        let all = components(self.whole).into_iter().enumerate();
        let wanted = all.filter(|(place, _)| ticked.contains(&place.to_string().as_str()));
        wanted
            .map(|(place, (component, name))| DemandItem {
                wanted: Wanted::Component(component),
                name,
                what: self.form.get(&format!("giay-to-{place}")).to_owned(),
            })
            .collect()
    }

    /// Named in Vietnamese, the language of slip 02.
    fn questions_wanted(&self) -> Vec<DemandItem> {
        let (speech, ticked) = (self.ctx.words.speak(Locale::Vi), self.form.all("cau-hoi"));
        let asked = questions(self.whole, &speech);
        let whole = DemandItem {
            wanted: Wanted::Declaration,
            name: speech.t("dossiers-declaration"),
            what: String::new(),
        };
        let whole = (!asked.is_empty() && ticked.contains(&ALL_QUESTIONS)).then_some(whole);
        let wanted = asked.into_iter().filter(|question| ticked.contains(&question.page.as_str()));
        let each = wanted.map(|question| DemandItem {
            what: self.form.get(&format!("cau-hoi-{}", question.page)).to_owned(),
            wanted: Wanted::Page(question.page),
            name: question.name,
        });
        whole.into_iter().chain(each).collect()
    }

    fn money(&self, errors: &mut Errors) -> Option<MoneyWanted> {
        let digits: String =
            self.form.get("so-tien").chars().filter(char::is_ascii_digit).collect();
        let amount = digits.parse().ok().filter(|amount| *amount > 0);
        if amount.is_none() {
            errors.add("so-tien", self.view.t("dossiers-field-so-tien-missing"));
        }
        let reason = self.needed("ly-do", errors);
        let answer_by = self.optional_day("han-tra-loi", errors);
        let legal_basis = self.form.get("can-cu").to_owned();
        let wanted = MoneyWanted { amount: amount?, reason: reason?, legal_basis, answer_by };
        errors.is_empty().then_some(wanted)
    }

    fn apology(&self, errors: &mut Errors) -> Option<Apology> {
        let new_day = self.day("ngay-moi", errors);
        let reason = self.needed("ly-do", errors);
        Some(Apology { new_day: new_day?, reason: reason? })
    }

    fn wording(&self, errors: &mut Errors) -> Option<Wording> {
        let title = self.needed("ten", errors);
        let number = self.needed("so", errors);
        let body = self.needed("noi-dung", errors);
        Some(Wording { title: title?, number: number?, body: body? })
    }

    fn delivery(&self, errors: &mut Errors) -> Option<Delivery> {
        let how = How::parse(self.form.get("cach"));
        if how.is_none() {
            errors.add("cach", self.view.t("dossiers-field-cach-missing"));
        }
        Some(Delivery { how: how?, to: self.form.get("nguoi-nhan").to_owned() })
    }

    fn optional_day(&self, name: &str, errors: &mut Errors) -> Option<Date> {
        if self.form.date(name).is_empty() { None } else { self.day(name, errors) }
    }

    /// A day to come, in three fields.
    fn day(&self, name: &str, errors: &mut Errors) -> Option<Date> {
        let parts: DateParts = self.form.date(name);
        let today = local(self.view.now).date();
        let key = match parts.parse() {
            Ok(day) if day > today => return Some(day),
            Ok(_) => "past",
            Err(_) if parts.is_empty() => "missing",
            Err(_) => "unreal",
        };
        errors.add(name, self.view.t(&format!("dossiers-field-date-{key}")));
        None
    }
}
