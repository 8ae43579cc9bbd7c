//! `run.json`, written as the events come: their list never lies in memory.

use std::fs::File;
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use g4ok::job::{EventReport, RunReport};
use npy::AtomicFile;

use crate::ToolsError;

/// The name of the file in the folder of a run.
pub(super) const NAME: &str = "run.json";

/// A report that grows by an object per event, and is closed by everything else that is known of the run.
///
/// In a folder it has its name when it is closed, and is absent before.
pub(super) struct ReportFile {
    writer: BufWriter<Place>,
    path: PathBuf,
    events: u64,
}

/// Where it is written.
enum Place {
    /// Beside the name that it will have.
    Folder(AtomicFile),
    /// Where no file of it is asked for: a file without a name, which vanishes with the program.
    Nameless(File),
}

impl ReportFile {
    /// The `run.json` of a folder.
    pub(super) fn in_folder(folder: &Path) -> Result<Self, ToolsError> {
        let path = folder.join(NAME);
        Self::begin(Place::Folder(AtomicFile::create(&path)?), path)
    }

    /// A report that is only printed.
    pub(super) fn nameless() -> Result<Self, ToolsError> {
        let path = std::env::temp_dir();
        match tempfile::tempfile() {
            Ok(file) => Self::begin(Place::Nameless(file), path),
            Err(source) => Err(ToolsError::Temporary { path, source }),
        }
    }

    fn begin(place: Place, path: PathBuf) -> Result<Self, ToolsError> {
        let mut report = Self { writer: BufWriter::new(place), path, events: 0 };
        report.write(b"{\n  \"events\": [")?;
        Ok(report)
    }

    /// Adds an event.
    pub(super) fn add(&mut self, event: &EventReport) -> Result<(), ToolsError> {
        let text = serde_json::to_string_pretty(event)?.replace('\n', "\n    ");
        let before: &[u8] = if self.events == 0 { b"\n    " } else { b",\n    " };
        self.write(before)?;
        self.write(text.as_bytes())?;
        self.events += 1;
        Ok(())
    }

    /// Adds everything else, gives the file its name if it has one, and returns it to be read from its beginning.
    pub(super) fn close(mut self, report: &RunReport) -> Result<File, ToolsError> {
        let rest = serde_json::to_string_pretty(report)?;
        let rest = rest.strip_prefix('{').unwrap_or(&rest);
        self.write(if self.events == 0 { b"]," } else { b"\n  ]," })?;
        self.write(rest.as_bytes())?;
        self.write(b"\n")?;
        let Self { writer, path, .. } = self;
        let failed = |source| ToolsError::Write { path: path.clone(), source };
        match writer.into_inner().map_err(|error| failed(error.into_error()))? {
            Place::Folder(file) => {
                file.finish()?;
                File::open(&path).map_err(failed)
            }
            Place::Nameless(mut file) => {
                file.seek(SeekFrom::Start(0)).map_err(failed)?;
                Ok(file)
            }
        }
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), ToolsError> {
        self.writer.write_all(bytes).map_err(|source| match self.writer.get_ref() {
            Place::Folder(_) => ToolsError::Write { path: self.path.clone(), source },
            Place::Nameless(_) => ToolsError::Temporary { path: self.path.clone(), source },
        })
    }
}

impl Write for Place {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Place::Folder(file) => file.write(bytes),
            Place::Nameless(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Place::Folder(file) => file.flush(),
            Place::Nameless(file) => file.flush(),
        }
    }
}
