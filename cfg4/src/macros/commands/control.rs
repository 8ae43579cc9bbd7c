//! `/control`. Executing another macro and aliases are the interpreter's own work.

use super::super::error::Problem;
use super::super::interpreter::State;
use super::{Arguments, Command, verbosity, without_effect};

/// The commands of this directory.
pub(super) const COMMANDS: &[Command] = &[
    ("/control/verbose", verbosity),
    ("/control/execute", needs_a_file),
    ("/control/alias", alias),
    ("/control/unalias", unalias),
    ("/control/echo", without_effect),
    ("/control/saveHistory", without_effect),
    ("/control/stopSavingHistory", without_effect),
    ("/control/suppressAbortion", verbosity),
    ("/control/cout/ignoreThreadsExcept", verbosity),
    ("/control/loop", flow),
    ("/control/foreach", flow),
    ("/control/if", flow),
    ("/control/doif", flow),
    ("/control/strif", flow),
    ("/control/strdoif", flow),
    ("/control/getEnv", environment),
    ("/control/shell", shell),
];

/// The interpreter executes files; this is reached where a macro is given as text alone.
fn needs_a_file(_: &mut State, arguments: &mut Arguments<'_>) -> Result<(), Problem> {
    let file = arguments.word("file name")?;
    Err(Problem::Unsupported(format!("`{file}` can only be executed from a macro that is a file itself")))
}

fn alias(state: &mut State, arguments: &mut Arguments<'_>) -> Result<(), Problem> {
    let name = arguments.word("name")?.to_owned();
    let value = arguments.rest();
    if value.is_empty() {
        return Err(Problem::argument("the value is missing"));
    }
    state.aliases.insert(name, value);
    Ok(())
}

fn unalias(state: &mut State, arguments: &mut Arguments<'_>) -> Result<(), Problem> {
    let name = arguments.word("name")?;
    if state.aliases.remove(name).is_none() {
        return Err(Problem::argument(format!("there is no alias `{name}`")));
    }
    arguments.end()
}

fn flow(_: &mut State, _: &mut Arguments<'_>) -> Result<(), Problem> {
    Err(Problem::Unsupported("macros have no loops or conditions here; write the commands out".to_owned()))
}

fn environment(_: &mut State, _: &mut Arguments<'_>) -> Result<(), Problem> {
    Err(Problem::Unsupported("macros do not read the environment here; use /control/alias".to_owned()))
}

fn shell(_: &mut State, _: &mut Arguments<'_>) -> Result<(), Problem> {
    Err(Problem::Unsupported("macros run no other programs here".to_owned()))
}
