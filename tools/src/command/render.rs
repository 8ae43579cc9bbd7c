//! `g4opticks render`

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use g4ok::DetectorGeometry;
use optixrap::scene::SurfaceModel;

use super::Outcome;
use crate::plot::PlotPaths;
use crate::render::{CrossSection, Cut, Direction, Markers, Picture, Section, View, cross_section, picture};
use crate::stand_ins::with_stand_ins;
use crate::threads::pool;
use crate::{ToolsError, progress};

/// Arguments of `g4opticks render`.
#[derive(Debug, Args)]
pub struct RenderArgs {
    /// Detector
    #[arg(value_name = "GDML")]
    pub gdml: PathBuf,
    /// A picture from this side: iso, x, -x, y, -y, z, -z, or eye=X,Y,Z,target=X,Y,Z,up=X,Y,Z,field=DEGREES in mm [default: iso, where there is no --cut]
    #[arg(long, value_name = "VIEW", allow_hyphen_values = true)]
    pub view: Option<Direction>,
    /// A cross-section in this plane: x=10, y=-5 or z=0, in mm; several give several files. With --view the picture is cut open there instead: what lies on the viewer's side of all the planes is taken away
    #[arg(long, value_name = "PLANE")]
    pub cut: Vec<Cut>,
    /// Parallel lines of sight, so that lengths compare
    #[arg(long)]
    pub ortho: bool,
    /// Pixels of a picture
    #[arg(long, value_name = "WxH", default_value = "1200x900", value_parser = size)]
    pub size: (u32, u32),
    /// Volume or placement that is not drawn (what is in it is); may be given several times
    #[arg(long, value_name = "NAME")]
    pub hide: Vec<String>,
    /// Part of the plane that a cross-section shows, mm: along its horizontal and its vertical axis
    #[arg(long, value_name = "LOW,HIGH,LOW,HIGH", value_parser = window, allow_hyphen_values = true, requires = "cut", conflicts_with = "view")]
    pub window: Option<[f64; 4]>,
    /// Hits (n,4,4) to draw
    #[arg(long, value_name = "FILE.npy")]
    pub hits: Option<PathBuf>,
    /// Photon paths to draw: the points (n,4,4) of `run --save records`
    #[arg(long, value_name = "FILE.npy")]
    pub records: Option<PathBuf>,
    /// How far from the plane hits and paths are that a cross-section shows, mm [default: 1/40 of the geometry's extent]
    #[arg(long, value_name = "MM", value_parser = slab, allow_negative_numbers = true, requires = "cut", conflicts_with = "view")]
    pub slab: Option<f64>,
    /// A .png file, or a folder [default: in the current folder, named as the GDML file and what is shown: detector_iso.png, detector_x0.png]
    #[arg(long, value_name = "PATH", value_parser = crate::plot::picture_or_folder)]
    pub out: Option<PathBuf>,
    /// Threads, up to 1024 [default: one per core]; the picture does not depend on it
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true, value_parser = crate::run::threads_argument)]
    pub threads: usize,
}

/// Draws the pictures and says what is in them.
pub(super) fn run(args: &RenderArgs, out: &mut dyn Write) -> Result<Outcome, ToolsError> {
    let detector = cfg4::gdml::read(&args.gdml)?;
    let (drawable, replaced) = with_stand_ins(detector, SurfaceModel::default());
    replaced.iter().try_for_each(|what| writeln!(out, "note: {what}"))?;
    let geometry = DetectorGeometry::new(drawable, SurfaceModel::default())?;
    let mut markers = Markers::default();
    if let Some(path) = &args.hits {
        markers.read_hits(path)?;
    }
    if let Some(path) = &args.records {
        markers.read_records(path)?;
    }
    if markers.not_finite > 0 {
        writeln!(out, "NOT FINITE   {} points of hits and paths, not drawn", markers.not_finite)?;
    }
    let name = args.gdml.file_name().map(Path::new).unwrap_or(Path::new("geometry"));
    let paths = PlotPaths::new(name, args.out.as_deref());
    let pool = pool(args.threads)?;
    if args.view.is_none() && !args.cut.is_empty() {
        for &cut in &args.cut {
            let what = what(args, &plane(cut));
            let path = if args.cut.len() == 1 { paths.showing(&what) } else { paths.of(&what) };
            let section = Section {
                cut,
                size: args.size,
                hide: args.hide.clone(),
                window_mm: args.window,
                slab_mm: args.slab,
            };
            let mut found = pool.install(|| cross_section(&geometry, &section, &markers))?;
            found.image.caption(&name.to_string_lossy())?;
            tell_section(&found, cut, &path, out)?;
        }
        return Ok(Outcome::Success);
    }
    let bar = progress::bar(args.size.1.into(), "rows");
    let mut found = pool.install(|| picture(&geometry, &view(args), &markers, &|rows| bar.inc(rows)))?;
    bar.finish_and_clear();
    found.image.caption(&name.to_string_lossy())?;
    let words: Vec<String> = std::iter::once(view(args).direction.name().to_owned())
        .chain(args.cut.iter().map(|&c| plane(c)))
        .collect();
    tell_picture(&found, &paths.showing(&what(args, &words.join("_"))), out)?;
    Ok(Outcome::Success)
}

/// A plane in the name of a file.
fn plane(cut: Cut) -> String {
    cut.to_string().replace('=', "")
}

/// What a picture shows, in the name of its file: from where, and what of it.
fn what(args: &RenderArgs, from: &str) -> String {
    let more = [
        ("_window", args.window.is_some()),
        ("_hits", args.hits.is_some()),
        ("_records", args.records.is_some()),
    ];
    more.iter().filter(|(_, is)| *is).fold(from.to_owned(), |name, (word, _)| name + word)
}

fn view(args: &RenderArgs) -> View {
    View {
        direction: args.view.unwrap_or(Direction::ISO),
        ortho: args.ortho,
        size: args.size,
        hide: args.hide.clone(),
        cuts: args.cut.clone(),
    }
}

fn tell_picture(picture: &Picture, path: &Path, out: &mut dyn Write) -> Result<(), ToolsError> {
    picture.image.save(path)?;
    if picture.lost > 0 {
        writeln!(
            out,
            "warning: {} lines of sight were not in the volume that they were thought to be in: volumes overlap, or \
             it is rounding at an edge",
            picture.lost
        )?;
    }
    writeln!(out, "picture {}", path.display())?;
    Ok(())
}

fn tell_section(found: &CrossSection, cut: Cut, path: &Path, out: &mut dyn Write) -> Result<(), ToolsError> {
    found.image.save(path)?;
    writeln!(out, "picture {}: {cut} mm", path.display())?;
    for (name, material, copies) in &found.volumes {
        writeln!(out, "  volume {name} x {copies}: {material}")?;
    }
    for name in &found.surfaces {
        writeln!(out, "  surface {name}")?;
    }
    for [one, other] in &found.disputed {
        writeln!(out, "  OVERLAP: {one} and {other} claim the same points (red stripes)")?;
    }
    Ok(())
}

fn size(text: &str) -> Result<(u32, u32), String> {
    let parsed = text.split_once('x').and_then(|(w, h)| Some((w.parse().ok()?, h.parse().ok()?)));
    parsed
        .filter(|(w, h)| (200..=4096).contains(w) && (200..=4096).contains(h))
        .ok_or_else(|| "give 200 to 4096 pixels each way, as 1200x900".to_owned())
}

fn window(text: &str) -> Result<[f64; 4], String> {
    let numbers: Option<Vec<f64>> = text.split(',').map(|x| x.trim().parse().ok()).collect();
    match numbers.as_deref() {
        Some(&[a, b, c, d]) if a < b && c < d && (b - a).is_finite() && (d - c).is_finite() => Ok([a, b, c, d]),
        _ => Err("give four numbers of mm, as -10,10,0,25: low and high end of the horizontal axis, then of the vertical one".to_owned()),
    }
}

fn slab(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok().filter(|mm| mm.is_finite() && *mm >= 0.0);
    number.ok_or_else(|| "give a number of mm from 0 up".to_owned())
}
