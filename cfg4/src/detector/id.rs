//! Typed indices into the lists of a [`Detector`](super::Detector).

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub u32);

        impl $name {
            /// The position in the detector's list.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

id!(
    /// A material.
    MaterialId
);
id!(
    /// A solid.
    SolidId
);
id!(
    /// A logical volume.
    VolumeId
);
id!(
    /// A placement (physical volume).
    PlacementId
);
id!(
    /// An optical surface.
    SurfaceId
);
