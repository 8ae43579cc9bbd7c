//! `property` elements of materials and optical surfaces: which table they refer to, and whether it can be used.

use crate::detector::{
    Detector, Named, Property, PropertyGrid, PropertyMap, PropertyVector, UnusedProperty, Warning,
    without_pointer,
};

use super::define::Definitions;
use super::error::{GdmlError, GdmlErrorKind};
use super::expression::Matrix;
use super::limits;
use super::property_names::{self, Use};
use super::tag::Tag;
use crate::suggestion::did_you_mean;

/// Photons are thought to have at most this energy: more suggests a forgotten `*eV`.
const PLAUSIBLE_MEV: f64 = 1e-3;

/// Geant4 11 throws away a GROUPVEL that is there when RINDEX comes; 10 keeps it, and so it is here.
const BEHIND_GROUPVEL: &str = "stands behind GROUPVEL, which counts; Geant4 11 then makes a GROUPVEL of its own from RINDEX: put GROUPVEL behind it";

/// Geant4 reads memory beyond a table of one row: with one at 2.5 eV, `G4PhysicsFreeVector` of 11.3.0 gave 5e-310 for every
/// energy, that of 11.4.1 gave 0.
const ONE_ROW: &str = "is a table of one row, and taken as constant; Geant4 11 takes something else, mostly 0, from such a table: \
                       give it two rows";

/// Reads all `property` children of `owner`; those that are not used are noted in `detector`.
pub(super) fn read(
    owner: Tag<'_>,
    definitions: &Definitions,
    detector: &mut Detector,
) -> Result<PropertyMap, GdmlError> {
    let mut map = PropertyMap::default();
    let kind = if owner.name() == "opticalsurface" { Named::Surface } else { Named::Material };
    let (owner_name, owner_place) = (owner.attribute("name").unwrap_or_default(), owner.place());
    for tag in owner.children().filter(|child| child.name() == "property") {
        let name = without_pointer(tag.required("name")?);
        detector.places.note_property((kind, owner_name), &owner_place, name, tag.place());
        let matrix = referred(tag, definitions)?;
        if name == "RINDEX" && map.0.contains_key("GROUPVEL") {
            warn(tag, BEHIND_GROUPVEL.to_owned(), detector);
        }
        let value = match property_names::used(name) {
            Some(reading) => Some(used(tag, name, matrix, reading, detector)?),
            None => {
                note_unused(owner, tag, name, detector);
                unused(matrix)
            }
        };
        if let Some(value) = value
            && map.0.insert(name.to_owned(), value).is_some()
        {
            warn(tag, "given twice; the last one counts".to_owned(), detector);
        }
    }
    Ok(map)
}

fn referred<'d>(tag: Tag<'_>, definitions: &'d Definitions) -> Result<&'d Matrix, GdmlError> {
    let name = tag.required("ref")?;
    definitions.evaluator.matrix(name).ok_or_else(|| {
        let hint = if definitions.evaluator.value(name).is_some() {
            "; it is a number, and properties are matrices: use <matrix coldim=\"1\" .../>".to_owned()
        } else {
            did_you_mean(name, definitions.evaluator.matrix_names())
        };
        tag.fail(GdmlErrorKind::Undefined { what: "matrix", name: name.to_owned(), hint })
    })
}

/// The columns of a two-column matrix.
fn columns(matrix: &Matrix) -> (Vec<f64>, Vec<f64>) {
    matrix.values().chunks_exact(2).map(|row| (row[0], row[1])).unzip()
}

fn used(
    tag: Tag<'_>,
    name: &str,
    matrix: &Matrix,
    reading: Use,
    detector: &mut Detector,
) -> Result<Property, GdmlError> {
    let error = |fault: String| tag.fail(GdmlErrorKind::Property { property: name.to_owned(), fault });
    let fail = |fault: String| Err(error(fault));
    if reading == Use::AngularMap {
        return angular_map(matrix).map_err(error);
    }
    match (matrix.columns(), matrix.values()) {
        (1, [value]) if reading == Use::Number => return Ok(Property::Constant(*value)),
        (1, [_]) => return fail("one number, but a table over energy is needed: coldim=\"2\"".to_owned()),
        (1, many) => {
            let count = many.len();
            return fail(format!("{count} values in one column; a table over energy needs coldim=\"2\""));
        }
        (2, _) => {}
        (other, _) => return fail(format!("a matrix of {other} columns; a property has 1 or 2")),
    }
    let (energies, values) = columns(matrix);
    if energies.len() == 1 && reading != Use::Number {
        warn(tag, ONE_ROW.to_owned(), detector);
    }
    if let Some(at) = energies.windows(2).position(|pair| pair[0] > pair[1]) {
        let [a, b] = [energies[at], energies[at + 1]].map(in_ev);
        return fail(format!("energies should ascend, but {b} eV follows {a} eV (row {})", at + 2));
    }
    if reading != Use::Number {
        if energies[0] < 0.0 {
            return fail(format!("energy {} eV is negative", in_ev(energies[0])));
        }
        check_values(&values, reading).map_err(error)?;
        if energies[0] > PLAUSIBLE_MEV && reading != Use::ParticleTable {
            let energy = energies[0];
            let message = format!("its lowest energy is {energy} MeV, not optical; is '*eV' forgotten?");
            warn(tag, message, detector);
        }
    }
    match PropertyVector::new(energies, values) {
        Some(vector) => Ok(Property::Vector(vector)),
        None => fail("its values are not finite".to_owned()),
    }
}

/// A table over energy and angle: the first row holds 0 and the angles, every other row an energy and the values.
fn angular_map(matrix: &Matrix) -> Result<Property, String> {
    let (columns, values) = (matrix.columns(), matrix.values());
    if columns < 2 || values.len() < 2 * columns {
        return Err(
            "a table over energy and angle needs a row of 0 and the angles, then rows of an energy and the \
                    values at these angles: coldim is 1 more than the number of angles"
                .to_owned(),
        );
    }
    let (head, body) = values.split_at(columns);
    let angles = head[1..].to_vec();
    if let Some(angle) = angles.iter().find(|angle| !(0.0..=1.571).contains(*angle)) {
        return Err(format!("the angle {angle} rad is not from 0 to a right angle; is '*deg' forgotten?"));
    }
    let energies: Vec<f64> = body.chunks_exact(columns).map(|row| row[0]).collect();
    let efficiencies: Vec<f64> = body.chunks_exact(columns).flat_map(|row| &row[1..]).copied().collect();
    check_values(&efficiencies, Use::ProbabilityTable)?;
    if energies.first().is_none_or(|energy| *energy <= 0.0) {
        return Err("its energies should be above 0".to_owned());
    }
    let grid = PropertyGrid::new(energies, angles, efficiencies);
    grid.map(Property::Grid).ok_or_else(|| "its energies and its angles should ascend".to_owned())
}

/// An energy in eV, without the roundings of its unit.
fn in_ev(energy_mev: f64) -> f64 {
    let text = format!("{:.9e}", energy_mev * 1e6);
    text.parse().unwrap_or(energy_mev * 1e6)
}

fn check_values(values: &[f64], reading: Use) -> Result<(), String> {
    let (allowed, sound): (&str, fn(f64) -> bool) = match reading {
        Use::PositiveTable => ("above 0", |v| v > 0.0),
        Use::ProbabilityTable => ("from 0 to 1", |v| (0.0..=1.0).contains(&v)),
        Use::Table | Use::ParticleTable => ("not negative", |v| v >= 0.0),
        Use::Number | Use::AngularMap => return Ok(()),
    };
    match values.iter().position(|value| !sound(*value)) {
        Some(at) => Err(format!("values should be {allowed}, but row {} has {}", at + 1, values[at])),
        None => Ok(()),
    }
}

/// What can be kept of a property that nobody reads.
fn unused(matrix: &Matrix) -> Option<Property> {
    match (matrix.columns(), matrix.values()) {
        (1, [first, ..]) => Some(Property::Constant(*first)),
        (2, _) => {
            let (energies, values) = columns(matrix);
            PropertyVector::new(energies, values).map(Property::Vector)
        }
        _ => None,
    }
}

fn note_unused(owner: Tag<'_>, tag: Tag<'_>, name: &str, detector: &mut Detector) {
    let place = tag.place();
    let known_to_geant4 = property_names::only_in_geant4(name);
    let looks_like = if known_to_geant4 { None } else { property_names::looks_like(name) };
    if let Some(meant) = looks_like {
        warn(tag, format!("is not a known property; it looks like {meant}, which is not given"), detector);
    }
    detector.unused_properties.push(UnusedProperty {
        owner: owner.attribute("name").unwrap_or_default().to_owned(),
        on_surface: owner.name() == "opticalsurface",
        name: name.to_owned(),
        known_to_geant4,
        looks_like,
        file: place.file,
        line: place.line,
    });
}

/// Notes a warning about `tag`, unless there are very many already.
pub(super) fn warn(tag: Tag<'_>, message: String, detector: &mut Detector) {
    if detector.warnings.len() >= limits::WARNINGS {
        return;
    }
    let place = tag.place();
    detector.warnings.push(Warning { file: place.file, line: place.line, element: place.element, message });
}
