//! `g4opticks validate`

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use super::Outcome;
use super::audit::write_page;
use crate::ToolsError;
use crate::validate::{
    Against, CaseOptions, Comparison, NAMES, ValidateError, Validation, Verdict, page, validate_against,
    validate_case, validate_folders, validate_reference,
};

/// Arguments of `g4opticks validate`.
#[derive(Debug, Args)]
pub struct ValidateArgs {
    /// Built-in cases by name (all, if nothing is given); a reference, and its GDML file; two folders of `run`; or a GDML
    /// file, and a macro, with --against
    #[arg(value_name = "CASE|JSON|DIR|GDML")]
    pub what: Vec<PathBuf>,
    /// Run the GDML file twice, with this changed
    #[arg(long, value_enum)]
    pub against: Option<Against>,
    /// A torch instead of a gun, as for run
    #[arg(long, value_name = "SPEC", requires = "against")]
    pub torch: Option<String>,
    /// Gensteps instead of a gun, as for run
    #[arg(long, value_name = "FILE.npy|DIR", requires = "against")]
    pub gensteps: Option<PathBuf>,
    /// Photons instead of a gun, as for run
    #[arg(long, value_name = "FILE.npy", requires = "against")]
    pub input_photons: Option<PathBuf>,
    /// Folder with the data of measured surfaces, as for run; with --against or a reference
    #[arg(long, value_name = "DIR")]
    pub surface_data: Option<PathBuf>,
    /// Number of events [default: the macro's, one per genstep file, or 1]
    #[arg(long, value_name = "N", requires = "against")]
    pub events: Option<u32>,
    /// Photons of a built-in case or a reference
    #[arg(long, value_name = "N", default_value_t = 200_000, value_parser = clap::value_parser!(u32).range(1000..))]
    pub photons: u32,
    /// Seed of the random numbers
    #[arg(long, value_name = "S", default_value_t = 0)]
    pub seed: u64,
    /// Threads [default: one per core]
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub threads: usize,
    /// The other engine, with --against engine: cuda or auto
    #[arg(long, value_name = "cuda|auto", requires = "against")]
    pub engine: Option<String>,
    /// Probability with which chance alone may let a comparison disagree, shared by its tests
    #[arg(long, value_name = "P", default_value_t = 1e-3, value_parser = probability)]
    pub significance: f64,
    /// Print JSON and nothing else
    #[arg(long)]
    pub json: bool,
    /// Write a page with tables and distributions
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// Further options of run, with --against
    #[arg(last = true, value_name = "RUN OPTIONS", requires = "against")]
    pub run: Vec<OsString>,
}

fn probability(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok().filter(|p| *p > 0.0 && *p < 1.0);
    number.ok_or_else(|| "give a probability between 0 and 1".to_owned())
}

/// Compares and reports. What cannot be compared ends with a message and code 2.
pub(super) fn run(args: &ValidateArgs, out: &mut dyn Write) -> Result<Outcome, ToolsError> {
    let validation = match compare(args) {
        Ok(comparisons) => Validation::from(comparisons),
        Err(error) if error.is_broken_pipe() => return Err(error),
        Err(error) => {
            writeln!(std::io::stderr(), "error: {error}")?;
            return Ok(Outcome::Refused);
        }
    };
    if let Some(file) = &args.html {
        write_page(file, &page(&validation)?)?;
    }
    if args.json {
        serde_json::to_writer_pretty(&mut *out, &validation)?;
        writeln!(out)?;
    } else {
        write!(out, "{validation}")?;
    }
    Ok(match validation.verdict {
        Verdict::Agree => Outcome::Success,
        Verdict::Disagree => Outcome::Failure,
        Verdict::NothingToCompare => Outcome::Undecided,
    })
}

fn compare(args: &ValidateArgs) -> Result<Vec<Comparison>, ToolsError> {
    let ValidateArgs { photons, seed, threads, significance, .. } = *args;
    let surface_data = args.surface_data.clone();
    let options = CaseOptions { photons, seed, threads, significance, surface_data };
    if let Some(against) = args.against {
        return Ok(vec![validate_against(against, &words(args), significance)?]);
    }
    let is_json = |path: &Path| path.extension().is_some_and(|e| e == "json");
    if args.surface_data.is_some() && !args.what.first().is_some_and(|path| is_json(path)) {
        return Err(ValidateError::UnusedData.into());
    }
    match args.what.as_slice() {
        [] => cases(&NAMES.map(str::to_owned), &options),
        [case] if is_json(case) => Ok(vec![validate_reference(case, None, &options)?]),
        [case, gdml] if is_json(case) => Ok(vec![validate_reference(case, Some(gdml), &options)?]),
        [a, b] if a.is_dir() && b.is_dir() => Ok(vec![validate_folders(a, b, significance)?]),
        names => {
            let names: Vec<String> = names.iter().map(|path| path.to_string_lossy().into_owned()).collect();
            match names.iter().find(|name| !NAMES.contains(&name.as_str())) {
                Some(unknown) => Err(ValidateError::What(unknown.clone()).into()),
                None => cases(&names, &options),
            }
        }
    }
}

/// Runs built-in cases, which share what is left to chance.
fn cases(names: &[String], options: &CaseOptions) -> Result<Vec<Comparison>, ToolsError> {
    let significance = options.significance / names.len().max(1) as f64;
    let options = CaseOptions { significance, ..options.clone() };
    names.iter().map(|name| validate_case(name, &options)).collect()
}

/// The words of a command line of `run`.
fn words(args: &ValidateArgs) -> Vec<OsString> {
    let mut words: Vec<OsString> = args.what.iter().map(|path| path.clone().into_os_string()).collect();
    let mut option = |name: &str, value: Option<OsString>| {
        words.extend(value.into_iter().flat_map(|value| [OsString::from(name), value]));
    };
    option("--torch", args.torch.clone().map(OsString::from));
    option("--gensteps", args.gensteps.clone().map(PathBuf::into_os_string));
    option("--input-photons", args.input_photons.clone().map(PathBuf::into_os_string));
    option("--surface-data", args.surface_data.clone().map(PathBuf::into_os_string));
    option("--events", args.events.map(|n| n.to_string().into()));
    option("--seed", (args.seed != 0).then(|| args.seed.to_string().into()));
    option("--threads", (args.threads != 0).then(|| args.threads.to_string().into()));
    option("--engine", args.engine.clone().map(OsString::from));
    words.extend(args.run.iter().cloned());
    words
}
