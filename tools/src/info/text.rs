//! The summary as text.

use std::fmt::{self, Formatter};

use cfg4::detector::without_pointer;

use super::{
    Counts, GeometrySummary, MaterialSummary, PropertySummary, SensorSummary, SurfacePlace, SurfaceSummary,
    TreeLine, Usage,
};
use crate::number::{grouped, short};

/// Most places of a surface that are named.
const MOST_PLACES: usize = 6;

impl fmt::Display for GeometrySummary {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write_counts(f, &self.counts)?;
        writeln!(f, "\nTREE")?;
        self.tree.iter().try_for_each(|line| write_tree_line(f, line))?;
        writeln!(f, "\nMATERIALS")?;
        self.materials.iter().try_for_each(|material| write_material(f, material))?;
        writeln!(f, "\nSURFACES{}", none(self.surfaces.is_empty()))?;
        self.surfaces.iter().try_for_each(|surface| write_surface(f, surface))?;
        writeln!(f, "\nSENSORS{}", none(self.sensors.is_empty()))?;
        self.sensors.iter().try_for_each(|sensor| write_sensor(f, sensor))?;
        if !self.warnings.is_empty() {
            writeln!(f, "\nWARNINGS")?;
        }
        self.warnings.iter().try_for_each(|warning| writeln!(f, "  {warning}"))
    }
}

/// What a title says of an empty list.
fn none(empty: bool) -> &'static str {
    if empty { ": none" } else { "" }
}

fn write_counts(f: &mut Formatter<'_>, c: &Counts) -> fmt::Result {
    let touchables = grouped(c.touchables);
    writeln!(f, "{:<17} {} ({} placements, {touchables} touchables)", "volumes", c.volumes, c.placements)?;
    writeln!(f, "{:<17} {}", "solids", c.solids)?;
    writeln!(f, "{:<17} {}", "materials", c.materials)?;
    writeln!(f, "{:<17} {} (at {} borders, {} skins)", "optical surfaces", c.surfaces, c.borders, c.skins)?;
    writeln!(f, "{:<17} {}", "sensors", grouped(c.sensors))
}

fn write_tree_line(f: &mut Formatter<'_>, line: &TreeLine) -> fmt::Result {
    let indent = "  ".repeat(line.depth.min(40) + 1);
    let [first, last] = [&line.placement, &line.last_placement].map(|name| without_pointer(name));
    let name = if first == last { first.to_string() } else { format!("{first} .. {last}") };
    let copies = match line.count {
        1 => format!("{name} #{}", line.copy_numbers),
        n => format!("{name} x{} #{}", grouped(n as u64), line.copy_numbers),
    };
    let (volume, material) = (without_pointer(&line.volume), without_pointer(&line.material));
    write!(f, "{indent}{copies}: {volume}, {}, {material}", line.solid)?;
    if let Some(sensitive) = &line.sensitive_detector {
        write!(f, ", SensDet {sensitive}")?;
    }
    if let Some(limit) = line.step_limit_mm {
        write!(f, ", StepLimit {} mm", short(limit, 4))?;
    }
    writeln!(f, "{}", if line.daughters_shown_above { ", daughters as above" } else { "" })
}

fn write_material(f: &mut Formatter<'_>, material: &MaterialSummary) -> fmt::Result {
    let share = |e: &super::ElementShare| {
        format!("{} {} %", without_pointer(&e.element), short(100.0 * e.mass_fraction, 3))
    };
    let elements: Vec<String> = material.elements.iter().map(share).collect();
    let name = without_pointer(&material.name);
    let used = match material.volumes {
        0 => String::from("no volume"),
        1 => String::from("1 volume"),
        n => format!("{n} volumes"),
    };
    writeln!(f, "  {name}: {} g/cm3, {used}, {}", short(material.density_g_cm3, 5), elements.join(", "))?;
    material.properties.iter().try_for_each(|property| write_property(f, property))
}

fn write_surface(f: &mut Formatter<'_>, surface: &SurfaceSummary) -> fmt::Result {
    let SurfaceSummary { kind, model, finish, .. } = surface;
    let name = without_pointer(&surface.name);
    writeln!(f, "  {name}: {kind}, {model}, {finish}, value {}", short(surface.value, 5))?;
    for place in surface.places.iter().take(MOST_PLACES) {
        match place {
            SurfacePlace::Border { from, to } => {
                writeln!(f, "    border {} -> {}", without_pointer(from), without_pointer(to))?;
            }
            SurfacePlace::Skin { volume } => writeln!(f, "    skin of {}", without_pointer(volume))?,
        }
    }
    match surface.places.len() {
        0 => writeln!(f, "    nowhere")?,
        n if n > MOST_PLACES => writeln!(f, "    and {} more places", n - MOST_PLACES)?,
        _ => {}
    }
    surface.properties.iter().try_for_each(|property| write_property(f, property))
}

fn write_property(f: &mut Formatter<'_>, property: &PropertySummary) -> fmt::Result {
    let [low, high] = property.values.map(|x| short(x, 5));
    let unit = if property.unit.is_empty() { String::new() } else { format!(" {}", property.unit) };
    let values = if low == high { format!("{low}{unit}") } else { format!("{low} .. {high}{unit}") };
    let usage = match property.usage {
        Usage::Used => String::new(),
        Usage::UsedByGeant4Only => String::from(" NOT USED by this simulation, though Geant4 does"),
        Usage::Unused => String::from(" NOT USED by the simulation"),
        Usage::Misspelt { looks_like } => format!(" NOT USED: is {looks_like} meant?"),
    };
    let line = format!("    {:<26} {values:<26} {}{usage}", property.name, range_words(property));
    writeln!(f, "{}", line.trim_end())
}

/// Number of points and range of a table. Constants in the guise of a table have no wavelengths worth showing.
fn range_words(property: &PropertySummary) -> String {
    let ends = |ends: Option<[f64; 2]>| ends.map(|ends| ends.map(|x| short(x, 4)));
    match (property.points, ends(property.energy_ev), ends(property.wavelength_nm)) {
        (n, Some([low, high]), Some([short, long])) => {
            format!("{n} points, {low} .. {high} eV ({long} .. {short} nm)")
        }
        (n, Some(_), None) => format!("{n} points"),
        _ => String::new(),
    }
}

fn write_sensor(f: &mut Formatter<'_>, sensor: &SensorSummary) -> fmt::Result {
    let [low, high] = sensor.efficiency.map(|x| short(x, 4));
    let efficiency = if low == high { low } else { format!("{low} .. {high}") };
    let (volume, surface) = (without_pointer(&sensor.volume), without_pointer(&sensor.surface));
    write!(f, "  {volume}: {} with surface {surface}, EFFICIENCY {efficiency}", grouped(sensor.touchables))?;
    match &sensor.sensitive_detector {
        Some(name) => writeln!(f, ", SensDet {name}"),
        None => writeln!(f),
    }
}
