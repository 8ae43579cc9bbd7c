//! One GDML file: its sections, and the names that they define.

use std::collections::HashMap;

use crate::detector::{Detector, Named, PlacementId, Shape, Solid, SolidId, SurfaceId, ZPlane};

use super::assembly::Content;
use super::booleans;
use super::define::Definitions;
use super::error::{GdmlError, GdmlErrorKind};
use super::materials::Materials;
use super::properties::warn;
use super::session::{Exports, Session};
use super::tag::Tag;
use super::undefined;
use super::{combined, facets, solids, surfaces};

/// Said of a solid or volume whose name another file has given before.
pub(super) const OF_ANOTHER_FILE: &str =
    "another file has one of this name already; Geant4 takes that one here too, here each file has its own";

/// The names of one file. What it does not name itself may be another file's. Geant4 11.3.0 takes the first solid or
/// volume of a name in any file, also where the file has one of its own, which then is lost; here each file has its own.
#[derive(Debug, Default)]
pub(super) struct Module<'a> {
    pub(super) definitions: Definitions,
    pub(super) materials: Materials,
    pub(super) solids: HashMap<String, SolidId>,
    /// The planes of each `polyhedra`, with the radii of its edges.
    pub(super) polyhedra: HashMap<SolidId, Vec<ZPlane>>,
    pub(super) surfaces: HashMap<String, SurfaceId>,
    pub(super) volumes: HashMap<String, Content>,
    /// The first placement of each name, and how many share it.
    pub(super) placements: HashMap<String, (PlacementId, usize)>,
    /// `bordersurface` and `skinsurface`, read once all placements are known.
    pub(super) where_surfaces_are: Vec<Tag<'a>>,
}

impl<'a> Module<'a> {
    /// Reads all sections in order.
    pub(super) fn read(
        mut self,
        root: Tag<'a>,
        is_main: bool,
        session: &mut Session<'_>,
    ) -> Result<Exports, GdmlError> {
        let mut setups = Vec::new();
        for section in root.children() {
            match section.name() {
                "define" => self.definitions.read(section)?,
                "materials" => {
                    self.materials.read(section, &self.definitions, session)?;
                }
                "solids" => self.read_solids(section, session)?,
                "structure" => self.read_structure(section, session)?,
                "setup" => setups.push(section),
                "extension" | "userinfo" => {}
                _ => return Err(section.unknown()),
            }
        }
        let world = self.world(root, &setups, is_main)?;
        if is_main {
            self.place_world(root, world, session)?;
        }
        self.read_where_surfaces_are(session)?;
        Ok(Exports { volumes: self.volumes, world })
    }

    /// The world of the setup named `Default`, or of the first one.
    fn world(&self, root: Tag<'_>, setups: &[Tag<'_>], needed: bool) -> Result<Option<Content>, GdmlError> {
        let default = setups.iter().find(|setup| setup.attribute("name") == Some("Default"));
        let Some(setup) = default.or(setups.first()) else {
            let missing = root.fail(GdmlErrorKind::MissingElement("setup"));
            return if needed { Err(missing) } else { Ok(None) };
        };
        let tag = setup.required_child("world")?;
        let name = tag.required("ref")?;
        match self.volumes.get(name) {
            Some(content) => Ok(Some(*content)),
            None => {
                Err(undefined::explain(tag, name, undefined::VOLUME, self.volumes.keys().map(String::as_str)))
            }
        }
    }

    fn place_world(
        &mut self,
        root: Tag<'_>,
        world: Option<Content>,
        session: &mut Session<'_>,
    ) -> Result<(), GdmlError> {
        let Some(Content::Volume(volume)) = world else {
            let message = "the world should be a volume, not an assembly".to_owned();
            return Err(root.fail(GdmlErrorKind::Structure(message)));
        };
        let name = format!("{}_PV", session.detector.volume(volume).name);
        let placement = &mut session.detector.placements[Detector::WORLD.index()];
        (placement.volume, placement.name) = (volume, name.clone());
        self.placements.entry(name).or_insert((Detector::WORLD, 1));
        Ok(())
    }

    fn read_solids(&mut self, section: Tag<'a>, session: &mut Session<'_>) -> Result<(), GdmlError> {
        for tag in section.children() {
            match tag.name() {
                "opticalsurface" => {
                    let result = self.read_surface(tag, session);
                    session.tolerate(tag, result)?;
                }
                "loop" => {
                    let (variable, values) = self.definitions.loop_values(tag)?;
                    for value in values {
                        self.definitions.set(tag, variable, value)?;
                        self.read_solids(tag, session)?;
                    }
                }
                _ => {
                    let result = self.read_solid(tag, session);
                    session.tolerate(tag, result)?;
                }
            }
        }
        Ok(())
    }

    fn read_solid(&mut self, tag: Tag<'a>, session: &mut Session<'_>) -> Result<(), GdmlError> {
        let (shape, operands) = if let Some(operator) = booleans::operator(tag.name()) {
            let find = |operand: Tag<'_>| self.solid(operand, session);
            let shape = booleans::read(tag, operator, &self.definitions, find)?;
            (
                shape,
                vec![
                    self.solid(tag.required_child("first")?, session)?,
                    self.solid(tag.required_child("second")?, session)?,
                ],
            )
        } else if let Some(shape) = solids::read(tag, &self.definitions.evaluator)? {
            (shape, Vec::new())
        } else if let Some(combined) = self.read_combined(tag, session)? {
            combined
        } else if let Some(shape) = facets::read(tag, &self.definitions)? {
            (shape, Vec::new())
        } else {
            return Err(tag.unknown());
        };
        let name = self.definitions.solved(tag, tag.required("name")?)?;
        let planes = solids::polyhedra_planes(tag, &shape, &self.definitions.evaluator)?;
        if !self.solids.contains_key(&name) && session.detector.places.has(Named::Solid, &name) {
            warn(tag, OF_ANOTHER_FILE.to_owned(), &mut session.detector);
        }
        session.detector.places.note(Named::Solid, &name, tag.place());
        let id = session.add_solid(tag, Solid { name: name.clone(), shape }, &operands)?;
        self.polyhedra.extend(planes.map(|planes| (id, planes)));
        if self.solids.contains_key(&name) {
            let message = "a solid of this name exists already; references mean the first one".to_owned();
            warn(tag, message, &mut session.detector);
        }
        self.solids.entry(name).or_insert(id);
        Ok(())
    }

    fn read_combined(
        &self,
        tag: Tag<'_>,
        session: &Session<'_>,
    ) -> Result<Option<(Shape, Vec<SolidId>)>, GdmlError> {
        let named = |name: &str| self.solid_named(tag, &self.definitions.solved(tag, name)?, session);
        combined::read(tag, &self.definitions, |operand| self.solid(operand, session), named)
    }

    /// The solid that `tag` refers to.
    pub(super) fn solid(&self, tag: Tag<'_>, session: &Session<'_>) -> Result<SolidId, GdmlError> {
        self.solid_named(tag, &self.definitions.solved(tag, tag.required("ref")?)?, session)
    }

    fn solid_named(&self, tag: Tag<'_>, name: &str, session: &Session<'_>) -> Result<SolidId, GdmlError> {
        let elsewhere =
            || session.elsewhere(|all| all.solids.iter().position(|solid| solid.name == name)).map(SolidId);
        self.solids.get(name).copied().or_else(elsewhere).ok_or_else(|| {
            undefined::explain(tag, name, undefined::SOLID, self.solids.keys().map(String::as_str))
        })
    }

    /// Reads an `opticalsurface`.
    pub(super) fn read_surface(&mut self, tag: Tag<'a>, session: &mut Session<'_>) -> Result<(), GdmlError> {
        let surface = surfaces::read(tag, &self.definitions, &mut session.detector)?;
        if self.surfaces.contains_key(&surface.name) {
            let message = "a surface of this name exists already; the first one counts".to_owned();
            warn(tag, message, &mut session.detector);
            return Ok(());
        }
        let id = SurfaceId(session.detector.surfaces.len() as u32);
        self.surfaces.insert(surface.name.clone(), id);
        session.detector.surfaces.push(surface);
        Ok(())
    }
}
