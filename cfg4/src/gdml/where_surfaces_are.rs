//! `bordersurface` and `skinsurface`: which optical surface lies where.

use crate::detector::{BorderSurface, PlacementId, SkinSurface, SurfaceId};

use super::assembly::Content;
use super::error::{GdmlError, GdmlErrorKind};
use super::module::Module;
use super::properties::warn;
use super::session::Session;
use super::tag::Tag;
use crate::suggestion::did_you_mean;

impl Module<'_> {
    /// Reads the borders and skins of the whole file, in order.
    pub(super) fn read_where_surfaces_are(&mut self, session: &mut Session<'_>) -> Result<(), GdmlError> {
        for tag in std::mem::take(&mut self.where_surfaces_are) {
            let result = match tag.name() {
                "bordersurface" => self.read_border(tag, session),
                _ => self.read_skin(tag, session),
            };
            session.tolerate(tag, result)?;
        }
        Ok(())
    }

    fn read_border(&self, tag: Tag<'_>, session: &mut Session<'_>) -> Result<(), GdmlError> {
        let surface = self.surface(tag, session)?;
        let sides: Vec<Tag<'_>> = tag.children().filter(|child| child.name() == "physvolref").collect();
        let [from, to] = sides[..] else {
            let message = format!("it has {} physvolref; a border lies between two placements", sides.len());
            return Err(tag.fail(GdmlErrorKind::Structure(message)));
        };
        let (from, to) = (self.placement(from, session)?, self.placement(to, session)?);
        let name = tag.required("name")?.to_owned();
        if !session.add_border(BorderSurface { name, from, to, surface }) {
            let message = "these two placements have a border surface already; the first one counts";
            warn(tag, message.to_owned(), &mut session.detector);
        }
        Ok(())
    }

    fn read_skin(&self, tag: Tag<'_>, session: &mut Session<'_>) -> Result<(), GdmlError> {
        let surface = self.surface(tag, session)?;
        let reference = tag.required_child("volumeref")?;
        let Content::Volume(volume) = self.content(reference, session)? else {
            let message = "an assembly has no skin; give one to each of its volumes".to_owned();
            return Err(reference.fail(GdmlErrorKind::Structure(message)));
        };
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
