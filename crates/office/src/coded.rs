//! Enums that stand in the store and in addresses as one short word each.

/// An enum with its words: `ALL`, `code`, `parse`, and its way into the store and out of it.
macro_rules! coded {
    ($(#[$meta:meta])* $vis:vis enum $name:ident, $expected:literal {
        $($(#[$note:meta])* $variant:ident = $code:literal,)*
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis enum $name { $($(#[$note])* $variant,)* }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            pub fn code(self) -> &'static str {
                match self { $($name::$variant => $code,)* }
            }

            pub fn parse(code: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|one| one.code() == code)
            }
        }

        impl platform::store::ToArg for $name {
            fn to_arg(&self) -> platform::store::Arg<'_> {
                platform::store::Arg::Text(self.code().into())
            }
        }

        impl platform::store::FromCell for $name {
            const EXPECTED: &'static str = $expected;

            fn from_cell(cell: platform::store::Cell<'_>) -> Option<$name> {
                match cell {
                    platform::store::Cell::Text(code) => $name::parse(code),
                    _ => None,
                }
            }
        }
    };
}

pub(crate) use coded;
