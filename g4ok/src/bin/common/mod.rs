//! What the facade's programs share: the log, errors, the default geometry.

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

use cfg4::detector::Detector;
use cfg4::gdml;
use optixrap::engine::EngineChoice;

/// An error of a program, for its last line.
pub(crate) type Failure = Box<dyn Error>;

/// Arguments that set the threshold of the log, which is read from them elsewhere.
const LOG_LEVELS: [&str; 7] =
    ["--trace", "--verbose", "--debug", "--info", "--warning", "--error", "--fatal"];

/// Sets up the log, runs with the arguments that are not about it, and turns an error into a message and a
/// failing exit.
pub(crate) fn main_of(program: &str, run: fn(Vec<String>) -> Result<(), Failure>) -> ExitCode {
    let log = sysrap::log_level::init_from_env(
        std::env::args(),
        |key| std::env::var(key).ok(),
        &mut std::io::stdout(),
    );
    let about_log = |arg: &String| LOG_LEVELS.contains(&arg.to_ascii_lowercase().as_str());
    let arguments = std::env::args().skip(1).filter(|arg| !about_log(arg)).collect();
    match log.map_err(Failure::from).and_then(|()| run(arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{program}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The detector of a GDML file, or the built-in one, and what to call it.
pub(crate) fn detector(path: Option<&str>) -> Result<(Detector, String), Failure> {
    match path {
        Some(path) => Ok((gdml::read(Path::new(path))?, path.to_owned())),
        None => {
            let name = "built-in scintillator cube";
            Ok((gdml::read_str(gdml::DEFAULT_GEOMETRY, name, &gdml::NoFiles)?, name.to_owned()))
        }
    }
}

/// Takes `--engine cpu|cuda|auto` out of the arguments.
pub(crate) fn engine_of(arguments: Vec<String>) -> Result<(EngineChoice, Vec<String>), Failure> {
    let (mut engine, mut others) = (EngineChoice::default(), Vec::new());
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        if argument == "--engine" {
            let value = arguments.next().ok_or("--engine needs a value: cpu, cuda or auto")?;
            engine = value.parse()?;
        } else {
            others.push(argument);
        }
    }
    Ok((engine, others))
}
