//! `paramvol`: copies with positions, rotations and dimensions of their own.
//!
//! Copies are numbered in the order of the file, from 0, as in Geant4, which reads neither `ncopies` nor the numbers of
//! the parameters. For `para` and `hype` Geant4 11 sets every dimension to its unit, by mistake; here the file counts. The
//! radii of a `polyhedra` are those of its edges here, and `hz` of a tube is its full length.

use super::{Repeated, word};
use crate::detector::{Copies, PlacedCopy, Transform};
use crate::gdml::booleans;
use crate::gdml::error::{GdmlError, GdmlErrorKind};
use crate::gdml::limits;
use crate::gdml::module::Module;
use crate::gdml::properties::warn;
use crate::gdml::session::Session;
use crate::gdml::solids;
use crate::gdml::tag::{Aliases, Tag};

/// Names of dimensions, as solids have them and as they may be called here.
const ALIASES: Aliases = &[
    ("rmin", "InR"),
    ("rmax", "OutR"),
    ("z", "hz"),
    ("startphi", "startPhi"),
    ("startphi", "StartPhi"),
    ("deltaphi", "openPhi"),
    ("deltaphi", "DeltaPhi"),
    ("numsides", "numSide"),
];

impl<'a> Module<'a> {
    /// The frame of copy 0, and all copies.
    pub(super) fn parameterised(
        &mut self,
        repeated: Repeated<'a>,
        session: &mut Session<'_>,
    ) -> Result<(Transform, Copies), GdmlError> {
        let tag = repeated.tag;
        let mut list = Vec::new();
        self.read_parameters(tag, repeated, &mut list, session)?;
        let Some(first) = list.first() else {
            return repeated.fail("it has no parameters; give some for each copy".to_owned());
        };
        let announced = tag.integer(&self.definitions.evaluator, "ncopies")?;
        if let Some(announced) = announced.filter(|&n| n != list.len() as i64) {
            let message =
                format!("ncopies is {announced}, but there are {} parameters, which count", list.len());
            warn(tag, message, &mut session.detector);
        }
        Ok((first.transform, Copies::Each(list)))
    }

    fn read_parameters(
        &mut self,
        tag: Tag<'a>,
        repeated: Repeated<'a>,
        list: &mut Vec<PlacedCopy>,
        session: &mut Session<'_>,
    ) -> Result<(), GdmlError> {
        for child in tag.children() {
            match child.name() {
                "volumeref" => {}
                "parameterised_position_size" => self.read_parameters(child, repeated, list, session)?,
                "parameters" => {
                    let copy = self.read_copy(child, repeated, list, session)?;
                    list.push(copy);
                }
                "loop" => {
                    let (variable, values) = self.definitions.loop_values(child)?;
                    for value in values {
                        self.definitions.set(child, variable, value)?;
                        self.read_parameters(child, repeated, list, session)?;
                    }
                }
                _ => return Err(child.unknown()),
            }
        }
        Ok(())
    }

    fn read_copy(
        &self,
        tag: Tag<'_>,
        repeated: Repeated<'_>,
        list: &[PlacedCopy],
        session: &mut Session<'_>,
    ) -> Result<PlacedCopy, GdmlError> {
        if list.len() >= limits::PLACEMENTS {
            let (what, limit) = ("placements", limits::PLACEMENTS);
            return Err(tag.fail(GdmlErrorKind::Limit { what, limit }));
        }
        let transform = booleans::transform(tag, &self.definitions, "")?;
        let mut solid = repeated.cell_solid(session);
        for child in tag.children() {
            let Some(kind) = child.name().strip_suffix("_dimensions") else {
                if ["position", "positionref", "rotation", "rotationref"].contains(&child.name()) {
                    continue;
                }
                return Err(child.unknown());
            };
            let own = word(&repeated.cell(session));
            if kind != own {
                let message = format!("the volume is a {own}; give {own}_dimensions");
                return Err(child.fail(GdmlErrorKind::Structure(message)));
            }
            let shape = solids::read_as(kind, child.with_aliases(ALIASES), &self.definitions.evaluator)?;
            let shape = solids::with_radii_of_edges(shape.ok_or_else(|| child.unknown())?);
            if ["para", "hype"].contains(&kind) {
                let message =
                    "Geant4 11 takes every dimension here as its unit, by mistake; here the file counts";
                warn(child, message.to_owned(), &mut session.detector);
            }
            // Copies of one size share a solid where they stand side by side in the file.
            let last = list.last().map(|copy| copy.solid);
            solid = match last.filter(|&last| session.detector.solid(last).shape == shape) {
                Some(last) => last,
                None => repeated.solid(shape, list.len(), session)?,
            };
        }
        Ok(PlacedCopy { solid, transform })
    }
}
