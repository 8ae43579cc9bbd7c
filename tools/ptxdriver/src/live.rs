//! What is alive in the driver: the numbers that tests for leaks look at.

use std::fmt;

macro_rules! live {
    ($($(#[$doc:meta])* $field:ident,)*) => {
        /// Counts of what the host has and must give back.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct Live {
            $($(#[$doc])* pub $field: usize,)*
        }

        impl fmt::Display for Live {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let fields = [$(format!("{}={}", stringify!($field), self.$field),)*];
                f.write_str(&fields.join(" "))
            }
        }

        impl Live {
            /// Reads what `Display` writes; fields that are not there are 0.
            pub(crate) fn parse(text: &str) -> Live {
                let mut live = Live::default();
                for (name, number) in text.split_whitespace().filter_map(|word| word.split_once('=')) {
                    let number = number.parse().unwrap_or(0);
                    match name {
                        $(stringify!($field) => live.$field = number,)*
                        _ => {}
                    }
                }
                live
            }
        }
    };
}

live! {
    /// Buffers in device memory, on all devices.
    allocations,
    /// Their bytes.
    bytes,
    /// Blocks of pinned host memory.
    pinned,
    /// Contexts.
    contexts,
    /// Loaded modules.
    modules,
    /// Streams that the host made.
    streams,
    /// Events.
    events,
    /// Buffers that were still there when their context went, since the start.
    leaked,
}

impl Live {
    /// Whether the host has given everything back.
    pub fn is_nothing(&self) -> bool {
        *self == Live::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_survive_the_file() {
        let live = Live { allocations: 3, bytes: 4096, leaked: 1, ..Live::default() };
        assert_eq!(Live::parse(&live.to_string()), live);
        assert!(!live.is_nothing() && Live::parse("").is_nothing());
    }
}
