//! Volumes that are placed many times by one element: `replicavol`, `divisionvol`, `paramvol`.

mod division;
mod parameterised;
mod polyhedra;
mod replica;
mod replica_slices;
mod slices;

use crate::detector::{Copies, Placement, Shape, Solid, SolidId, Transform, VolumeId};

use super::assembly::{self, Content};
use super::error::{GdmlError, GdmlErrorKind};
use super::limits;
use super::module::Module;
use super::session::Session;
use super::tag::Tag;

/// The elements that are read here.
pub(super) const NAMES: &[&str] = &["replicavol", "divisionvol", "paramvol"];

/// Along what a volume is repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Axis {
    X,
    Y,
    Z,
    Rho,
    Phi,
}

impl Axis {
    /// The place of the coordinate; `None` for rho and phi.
    fn coordinate(self) -> Option<usize> {
        [Axis::X, Axis::Y, Axis::Z].iter().position(|axis| *axis == self)
    }

    /// For messages.
    fn name(self) -> &'static str {
        ["x", "y", "z", "rho", "phi"][self as usize]
    }
}

/// A volume that is repeated in a mother.
#[derive(Debug, Clone, Copy)]
struct Repeated<'a> {
    tag: Tag<'a>,
    mother: VolumeId,
    volume: VolumeId,
}

impl<'a> Repeated<'a> {
    fn fail<T>(&self, message: String) -> Result<T, GdmlError> {
        Err(self.tag.fail(GdmlErrorKind::Structure(message)))
    }

    /// The number of copies, which `attribute` gives.
    fn checked_number(&self, number: i64) -> Result<u32, GdmlError> {
        if number < 1 {
            return self.fail(format!("number is {number}; at least one copy is needed"));
        }
        match u32::try_from(number) {
            Ok(number) if number as usize <= limits::COPIES => Ok(number),
            _ => {
                let (what, limit) = ("copies of one volume", limits::COPIES);
                Err(self.tag.fail(GdmlErrorKind::Limit { what, limit }))
            }
        }
    }

    fn cell_solid(&self, session: &Session<'_>) -> SolidId {
        session.detector.volume(self.volume).solid
    }

    fn cell(&self, session: &Session<'_>) -> Shape {
        session.detector.solid(self.cell_solid(session)).shape.clone()
    }

    fn mother_shape(&self, session: &Session<'_>) -> Shape {
        session.detector.solid(session.detector.volume(self.mother).solid).shape.clone()
    }

    /// The solid of a copy: the volume's own where it has this shape.
    fn solid(&self, shape: Shape, number: usize, session: &mut Session<'_>) -> Result<SolidId, GdmlError> {
        let own = self.cell_solid(session);
        let solid = session.detector.solid(own);
        if solid.shape == shape {
            return Ok(own);
        }
        let name = format!("{}_{number}", solid.name);
        session.add_solid(self.tag, Solid { name, shape }, &[])
    }
}

impl<'a> Module<'a> {
    /// Reads one of [`NAMES`] inside the volume `mother`.
    pub(super) fn repeat(
        &mut self,
        tag: Tag<'a>,
        mother: VolumeId,
        session: &mut Session<'_>,
    ) -> Result<(), GdmlError> {
        let reference = tag.required_child("volumeref")?;
        let Content::Volume(volume) = self.content(reference, session)? else {
            let message = "an assembly cannot be repeated; put it into a volume".to_owned();
            return Err(reference.fail(GdmlErrorKind::Structure(message)));
        };
        let repeated = Repeated { tag, mother, volume };
        let (transform, copies) = match tag.name() {
            "replicavol" => self.replicas(repeated, session)?,
            "divisionvol" => self.divisions(repeated, session)?,
            _ => self.parameterised(repeated, session)?,
        };
        session.check_slices_of(repeated, &copies)?;
        if tag.name() != "paramvol" {
            session.sliced.insert(mother);
        }
        let volume_name = &session.detector.volume(volume).name;
        let name = match tag.attribute("name").filter(|name| !name.is_empty()) {
            Some(name) if tag.name() == "divisionvol" => self.definitions.solved(tag, name)?,
            _ if tag.name() == "paramvol" => format!("{volume_name}_param"),
            _ => format!("{volume_name}_PV"),
        };
        self.add_repeated(repeated, name, (transform, copies), session)
    }

    fn add_repeated(
        &mut self,
        repeated: Repeated<'_>,
        name: String,
        (transform, copies): (Transform, Copies),
        session: &mut Session<'_>,
    ) -> Result<(), GdmlError> {
        let Repeated { tag, mother, volume } = repeated;
        if !session.detector.volume(mother).daughters.is_empty() {
            return repeated.fail(
                "it must be the only daughter of its volume, as in Geant4; put it into a volume of its own"
                    .into(),
            );
        }
        let mother = Some(mother);
        let placement = Placement { name: name.clone(), copy_number: 0, volume, mother, transform, copies };
        session.check_placements(tag)?;
        let id = assembly::add(&mut session.detector, placement);
        self.placements.entry(name).or_insert((id, 0)).1 += 1;
        Ok(())
    }
}

impl Session<'_> {
    /// Refuses a further daughter of a volume that has a repeated one.
    pub(super) fn check_alone(&self, tag: Tag<'_>, mother: VolumeId) -> Result<(), GdmlError> {
        let first = self.detector.volume(mother).daughters.first();
        match first.map(|&id| self.detector.placement(id)) {
            Some(sister) if sister.copies != Copies::Once => {
                let message = format!(
                    "its sister '{}' is repeated and must be the only daughter, as in Geant4; put that into a volume of its own",
                    sister.name
                );
                Err(tag.fail(GdmlErrorKind::Structure(message)))
            }
            _ => Ok(()),
        }
    }
}

impl Session<'_> {
    /// Refuses copies of other sizes than the volume's own solid where that volume is cut into slices itself: Geant4 cuts
    /// each copy anew, here the slices are those of the volume's own solid.
    fn check_slices_of(&self, repeated: Repeated<'_>, copies: &Copies) -> Result<(), GdmlError> {
        if !self.sliced.contains(&repeated.volume) {
            return Ok(());
        }
        let own = repeated.cell(self);
        let is_own = |solid: SolidId| replica_slices::same(&own, &self.detector.solid(solid).shape);
        let all_are = match copies {
            Copies::Once => true,
            Copies::Regular(array) => is_own(array.solid),
            Copies::Each(list) => list.iter().all(|copy| is_own(copy.solid)),
        };
        if all_are {
            return Ok(());
        }
        repeated.fail(format!(
            "volume '{}' is cut into slices itself, and not all its copies have the size of its own solid; give it \
             the solid of its slices, and put rings into segments and layers, not the other way round",
            self.detector.volume(repeated.volume).name
        ))
    }
}

/// The word for a shape that GDML uses.
fn word(shape: &Shape) -> &'static str {
    match shape {
        Shape::Box { .. } => "box",
        Shape::Tube { .. } => "tube",
        Shape::Orb { .. } => "orb",
        Shape::Sphere { .. } => "sphere",
        Shape::Cone { .. } => "cone",
        Shape::Polycone { .. } => "polycone",
        Shape::Trd { .. } => "trd",
        Shape::Trap { .. } => "trap",
        Shape::Para { .. } => "para",
        Shape::Polyhedra { .. } => "polyhedra",
        Shape::Ellipsoid { .. } => "ellipsoid",
        Shape::Hyperboloid { .. } => "hype",
        Shape::Torus { .. } => "torus",
        _ => "solid of another kind",
    }
}
