//! `bordersurface` and `skinsurface`: which optical surface lies where.

use std::collections::HashSet;

use crate::detector::{BorderSurface, PlacementId, SkinSurface, SurfaceId, VolumeId};

use super::assembly::Content;
use super::error::{GdmlError, GdmlErrorKind};
use super::mirrored;
use super::module::Module;
use super::properties::warn;
use super::session::Session;
use super::tag::Tag;
use crate::suggestion::did_you_mean;

impl Module<'_> {
    /// Reads the borders and skins of the whole file, in order.
    pub(super) fn read_where_surfaces_are(&mut self, session: &mut Session<'_>) -> Result<(), GdmlError> {
        let tags = std::mem::take(&mut self.where_surfaces_are);
        let mirrored = if tags.is_empty() { HashSet::new() } else { mirrored::volumes(&session.detector) };
        for tag in tags {
            let result = match tag.name() {
                "bordersurface" => self.read_border(tag, &mirrored, session),
                _ => self.read_skin(tag, &mirrored, session),
            };
            session.tolerate(tag, result)?;
        }
        Ok(())
    }

    fn read_border(
        &self,
        tag: Tag<'_>,
        mirrored: &HashSet<VolumeId>,
        session: &mut Session<'_>,
    ) -> Result<(), GdmlError> {
        let surface = self.surface(tag, session)?;
        let sides: Vec<Tag<'_>> = tag.children().filter(|child| child.name() == "physvolref").collect();
        let [from, to] = sides[..] else {
            let message = format!("it has {} physvolref; a border lies between two placements", sides.len());
            return Err(tag.fail(GdmlErrorKind::Structure(message)));
        };
        let (from, to) = (self.placement(from, session)?, self.placement(to, session)?);
        let mother = |id: PlacementId| session.detector.placement(id).mother;
        if [from, to].iter().any(|id| mother(*id).is_some_and(|mother| mirrored.contains(&mother))) {
            let message = "its volumes lie in one that is also placed mirrored; Geant4 has no border there, and here it is";
            warn(tag, message.to_owned(), &mut session.detector);
        }
        let name = tag.required("name")?.to_owned();
        if !session.add_border(BorderSurface { name, from, to, surface }) {
            let message = "these two placements have a border surface already; the first one counts";
            warn(tag, message.to_owned(), &mut session.detector);
        }
        Ok(())
    }

    fn read_skin(
        &self,
        tag: Tag<'_>,
        mirrored: &HashSet<VolumeId>,
        session: &mut Session<'_>,
    ) -> Result<(), GdmlError> {
        let surface = self.surface(tag, session)?;
        let reference = tag.required_child("volumeref")?;
        let Content::Volume(volume) = self.content(reference, session)? else {
            let message = "an assembly has no skin; give one to each of its volumes".to_owned();
            return Err(reference.fail(GdmlErrorKind::Structure(message)));
        };
        if mirrored.contains(&volume) {
            let message = "the volume is also placed mirrored, itself or with its mother; Geant4 gives it no skin there, and here it has it";
            warn(tag, message.to_owned(), &mut session.detector);
        }
        let name = tag.required("name")?.to_owned();
        if !session.add_skin(SkinSurface { name, volume, surface }) {
            let message = "this volume has a skin surface already; the first one counts".to_owned();
            warn(tag, message, &mut session.detector);
        }
        Ok(())
    }

    fn surface(&self, tag: Tag<'_>, session: &Session<'_>) -> Result<SurfaceId, GdmlError> {
        let name = tag.required("surfaceproperty")?;
        let elsewhere = || {
            session
                .elsewhere(|all| all.surfaces.iter().position(|surface| surface.name == name))
                .map(SurfaceId)
        };
        self.surfaces.get(name).copied().or_else(elsewhere).ok_or_else(|| {
            let hint = did_you_mean(name, self.surfaces.keys().map(String::as_str));
            tag.fail(GdmlErrorKind::Undefined { what: "opticalsurface", name: name.to_owned(), hint })
        })
    }

    /// The first placement of the name that `tag` refers to, as in Geant4.
    fn placement(&self, tag: Tag<'_>, session: &mut Session<'_>) -> Result<PlacementId, GdmlError> {
        let name = self.definitions.solved(tag, tag.required("ref")?)?;
        let elsewhere = session.elsewhere(|all| all.placements.iter().position(|placed| placed.name == name));
        let elsewhere = elsewhere.map(|number| (PlacementId(number), 1));
        let Some((id, sharing)) = self.placements.get(&name).copied().or(elsewhere) else {
            let hint = did_you_mean(&name, self.placements.keys().map(String::as_str));
            return Err(tag.fail(GdmlErrorKind::Undefined { what: "placement (physvol)", name, hint }));
        };
        if sharing > 1 {
            let message =
                format!("{sharing} placements have this name; the border is that of the first alone");
            warn(tag, message, &mut session.detector);
        }
        Ok(id)
    }
}
