//! The `structure` section: volumes, assemblies and what is placed in them.

use crate::detector::{Copies, MaterialId, Placement, Transform, Volume, VolumeId};

use super::assembly::{self, Content};
use super::error::{GdmlError, GdmlErrorKind};
use super::module::{Module, OF_ANOTHER_FILE};
use super::properties::warn;
use super::session::Session;
use super::tag::Tag;
use super::{auxiliary, booleans, repeated, undefined};

/// What becomes of loops and repeated volumes in assemblies.
const PHYSVOLS_ALONE: &str = "Geant4 takes nothing but physvols in an assembly and leaves this out, and so it is here; \
     write physvols out, or put it into a volume, and that into the assembly";

impl<'a> Module<'a> {
    /// Reads volumes, assemblies and surfaces, also those inside loops.
    pub(super) fn read_structure(
        &mut self,
        section: Tag<'a>,
        session: &mut Session<'_>,
    ) -> Result<(), GdmlError> {
        for tag in section.children() {
            match tag.name() {
                "volume" => {
                    let result = self.read_volume(tag, session);
                    session.tolerate(tag, result)?;
                }
                "assembly" => self.read_assembly(tag, session)?,
                "bordersurface" | "skinsurface" => self.where_surfaces_are.push(tag),
                "opticalsurface" => self.read_surface(tag, session)?,
                "loop" => {
                    let (variable, values) = self.definitions.loop_values(tag)?;
                    for value in values {
                        self.definitions.set(tag, variable, value)?;
                        self.read_structure(tag, session)?;
                    }
                }
                _ => return Err(tag.unknown()),
            }
        }
        Ok(())
    }

    fn read_volume(&mut self, tag: Tag<'a>, session: &mut Session<'_>) -> Result<(), GdmlError> {
        let name = self.definitions.solved(tag, tag.required("name")?)?;
        if self.volumes.contains_key(&name) {
            let message = "a volume of this name exists already; the first one counts".to_owned();
            warn(tag, message, &mut session.detector);
            return Ok(());
        }
        if !session.volume_names.insert(name.clone()) {
            warn(tag, OF_ANOTHER_FILE.to_owned(), &mut session.detector);
        }
        let reference = tag.required_child("materialref")?;
        let material_name = self.definitions.solved(reference, reference.required("ref")?)?;
        let elsewhere = session.elsewhere(|all| all.materials.iter().position(|m| m.name == material_name));
        let material = match elsewhere.filter(|_| !self.materials.defines(&material_name)) {
            Some(number) => MaterialId(number),
            None => self.materials.find(reference, &material_name, &mut session.detector)?,
        };
        let solid = self.solid(tag.required_child("solidref")?, session)?;
        let id = VolumeId(session.detector.volumes.len() as u32);
        session.detector.volumes.push(Volume {
            name: name.clone(),
            material,
            solid,
            daughters: Vec::new(),
            auxiliaries: Vec::new(),
            step_limit_mm: None,
            sensitive_detector: None,
        });
        self.read_content(tag, id, session)?;
        session.close_volume(tag, id)?;
        self.volumes.insert(name, Content::Volume(id));
        Ok(())
    }

    /// What stands inside a `volume`, or inside a loop in one.
    fn read_content(
        &mut self,
        tag: Tag<'a>,
        id: VolumeId,
        session: &mut Session<'_>,
    ) -> Result<(), GdmlError> {
        for child in tag.children() {
            match child.name() {
                "materialref" | "solidref" | "colorref" => {}
                "physvol" => self.place(child, id, session)?,
                "auxiliary" => {
                    let volume = &mut session.detector.volumes[id.index()];
                    auxiliary::read(child, &self.definitions.evaluator, volume)?;
                }
                "opticalsurface" => self.read_surface(child, session)?,
                "bordersurface" | "skinsurface" => self.where_surfaces_are.push(child),
                "loop" => {
                    let (variable, values) = self.definitions.loop_values(child)?;
                    for value in values {
                        self.definitions.set(child, variable, value)?;
                        self.read_content(child, id, session)?;
                    }
                }
                name if repeated::NAMES.contains(&name) => self.repeat(child, id, session)?,
                _ => return Err(child.unknown()),
            }
        }
        Ok(())
    }

    fn read_assembly(&mut self, tag: Tag<'a>, session: &mut Session<'_>) -> Result<(), GdmlError> {
        let name = self.definitions.solved(tag, tag.required("name")?)?;
        let index = session.assemblies.add();
        self.read_assembly_content(tag, index, session)?;
        if self.volumes.contains_key(&name) {
            let message = "a volume of this name exists already; the first one counts".to_owned();
            warn(tag, message, &mut session.detector);
        }
        self.volumes.entry(name).or_insert(Content::Assembly(index));
        Ok(())
    }

    fn read_assembly_content(
        &mut self,
        tag: Tag<'a>,
        index: usize,
        session: &mut Session<'_>,
    ) -> Result<(), GdmlError> {
        for child in tag.children() {
            match child.name() {
                "physvol" => {
                    let (content, transform) = self.placed(child, session)?;
                    session.assemblies.push(child, index, content, transform)?;
                }
                name if name == "loop" || repeated::NAMES.contains(&name) => {
                    warn(child, PHYSVOLS_ALONE.to_owned(), &mut session.detector);
                }
                _ => return Err(child.unknown()),
            }
        }
        Ok(())
    }

    /// What a `physvol` places, and where.
    fn placed(&mut self, tag: Tag<'_>, session: &mut Session<'_>) -> Result<(Content, Transform), GdmlError> {
        const KNOWN: &[&str] =
            &["volumeref", "file", "position", "positionref", "rotation", "rotationref", "scale", "scaleref"];
        if let Some(child) = tag.children().find(|child| !KNOWN.contains(&child.name())) {
            return Err(child.unknown());
        }
        let scale = self.definitions.scale_of(tag)?.unwrap_or([1.0; 3]);
        if scale.iter().any(|factor| factor.abs() != 1.0) {
            let scaled = tag.child("scale").or_else(|| tag.child("scaleref")).unwrap_or(tag);
            return Err(scaled.unsupported("placements take factors of 1 and -1 only; use a scaledSolid"));
        }
        let transform = booleans::transform(tag, &self.definitions, "")?.scaled(scale);
        let content = match tag.child("file") {
            Some(file) => session.module(file)?,
            None => self.content(tag.required_child("volumeref")?, session)?,
        };
        Ok((content, transform))
    }

    /// The volume or assembly that `tag` refers to.
    pub(super) fn content(&self, tag: Tag<'_>, session: &Session<'_>) -> Result<Content, GdmlError> {
        let name = self.definitions.solved(tag, tag.required("ref")?)?;
        let elsewhere = || session.volume_elsewhere(&name).map(Content::Volume);
        self.volumes.get(&name).copied().or_else(elsewhere).ok_or_else(|| {
            undefined::explain(tag, &name, undefined::VOLUME, self.volumes.keys().map(String::as_str))
        })
    }

    fn place(&mut self, tag: Tag<'_>, mother: VolumeId, session: &mut Session<'_>) -> Result<(), GdmlError> {
        let (content, transform) = self.placed(tag, session)?;
        session.check_placements(tag)?;
        session.check_alone(tag, mother)?;
        let volume = match content {
            Content::Volume(volume) => volume,
            Content::Assembly(index) => {
                let at = (mother, transform);
                for id in session.assemblies.place(tag, index, at, &mut session.detector)? {
                    let name = session.detector.placement(id).name.clone();
                    self.placements.insert(name, (id, 1));
                }
                return Ok(());
            }
        };
        let copy_number = tag.integer(&self.definitions.evaluator, "copynumber")?.unwrap_or(0);
        let Ok(copy_number) = i32::try_from(copy_number) else {
            let message = format!("copy number {copy_number} is too large; 32 bits are all it may have");
            return Err(tag.fail(GdmlErrorKind::Structure(message)));
        };
        let name = match tag.attribute("name").filter(|name| !name.is_empty()) {
            Some(name) => self.definitions.solved(tag, name)?,
            None => format!("{}_PV", session.detector.volume(volume).name),
        };
        let mother = Some(mother);
        let placement =
            Placement { name: name.clone(), copy_number, volume, mother, transform, copies: Copies::Once };
        let id = assembly::add(&mut session.detector, placement);
        self.placements.entry(name).or_insert((id, 0)).1 += 1;
        Ok(())
    }
}
