//! Why work on what came in is refused. Pure.

/// Each is a sentence of the words: `office-fault-…`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("the sender wants it back, or changed: that is decided first")]
    Frozen,
    #[error("it has gone further, or not far enough")]
    NotNow,
    #[error("no sender is named")]
    SenderMissing,
    #[error("no subject is named")]
    SubjectMissing,
    #[error("no type is named")]
    TypeMissing,
    #[error("that is no day")]
    DayWrong { field: &'static str },
    #[error("that is no hour")]
    HourWrong,
    #[error("the day of the document lies in the future")]
    IssuedLater,
    #[error("the deadline lies before today")]
    DuePast,
    #[error("the number of working days is none")]
    DaysWrong,
    #[error("nobody has the main part")]
    MainMissing,
    #[error("one person has two parts")]
    HandlerTwice,
    #[error("the task says nothing")]
    TitleMissing,
    #[error("the last day lies before the first, or before today")]
    DatesReversed,
    #[error("an absence is at most a year")]
    AbsenceTooLong,
    #[error("there is an absence in these days already")]
    AbsenceTwice,
    #[error("a person cannot stand in for themselves")]
    SamePerson,
    #[error("the progress is a number from 0 to 100")]
    ProgressWrong,
    #[error("there is no such document of this sender")]
    TargetUnknown,
    #[error("the packet cannot be read any more")]
    Unreadable,
    #[error("no answer was chosen")]
    AnswerMissing,
}

impl Fault {
    /// Under which field of a form its sentence belongs; `""` when no field would mend it.
    pub fn field(self) -> &'static str {
        match self {
            Fault::DayWrong { field } => field,
            Fault::HourWrong => "express-hour",
            Fault::SenderMissing => "from",
            Fault::SubjectMissing => "subject",
            Fault::TypeMissing => "type",
            Fault::IssuedLater => "issued",
            Fault::DuePast => "due",
            Fault::DaysWrong => "days",
            Fault::MainMissing | Fault::HandlerTwice => "main",
            Fault::TitleMissing => "title",
            Fault::DatesReversed | Fault::AbsenceTooLong | Fault::AbsenceTwice => "last",
            Fault::SamePerson => "person",
            Fault::ProgressWrong => "progress",
            Fault::TargetUnknown => "target",
            Fault::AnswerMissing => "answer",
            Fault::Frozen | Fault::NotNow | Fault::Unreadable => "",
        }
    }

    /// The key of its sentence.
    pub fn word(self) -> &'static str {
        match self {
            Fault::Frozen => "office-fault-frozen",
            Fault::NotNow => "office-fault-not-now",
            Fault::SenderMissing => "office-fault-sender-missing",
            Fault::SubjectMissing => "office-fault-subject-missing",
            Fault::TypeMissing => "office-fault-type-missing",
            Fault::DayWrong { .. } => "office-fault-day-wrong",
            Fault::HourWrong => "office-fault-express-hour",
            Fault::IssuedLater => "office-fault-issued-later",
            Fault::DuePast => "office-fault-due-past",
            Fault::DaysWrong => "office-fault-days-wrong",
            Fault::MainMissing => "office-fault-main-missing",
            Fault::HandlerTwice => "office-fault-handler-twice",
            Fault::TitleMissing => "office-fault-title-missing",
            Fault::DatesReversed => "office-fault-dates-reversed",
            Fault::AbsenceTooLong => "office-fault-absence-too-long",
            Fault::AbsenceTwice => "office-fault-absence-twice",
            Fault::SamePerson => "office-fault-same-person",
            Fault::ProgressWrong => "office-fault-progress-wrong",
            Fault::TargetUnknown => "office-fault-target-unknown",
            Fault::Unreadable => "office-fault-unreadable",
            Fault::AnswerMissing => "office-fault-answer-missing",
        }
    }
}
