//! Values that a part of the page gives to what stands below it.
//!
//! A value given to the *calling* owner stays there when that owner is cleaned up and used anew for another part of the
//! page: whoever looks for it then finds one whose signals are gone, and the page stops. (So the sign-in page once left
//! the field of its password to every input of the work behind it.) A value given here has an owner of its own, which
//! goes with the part it was given to, and no part beside it finds the value.

use leptos::prelude::*;
use leptos::tachys::reactive_graph::OwnedView;

/// Gives a value to what `make` makes, and to nothing else: [`use_context`] below it finds the value by its type.
pub fn provide<T: Send + Sync + 'static, V: IntoView + 'static>(
    value: T,
    make: impl FnOnce() -> V,
) -> AnyView {
    let owner = Owner::new();
    let view = owner.with(|| {
        provide_context(value);
        make().into_any()
    });
    OwnedView::new_with_owner(view, owner).into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_found_below_and_nowhere_else() {
        let owner = Owner::new();
        owner.with(|| {
            let mut below = None;
            let _view = provide(7_u8, || {
                below = use_context::<u8>();
            });
            assert_eq!(below, Some(7));
            assert_eq!(use_context::<u8>(), None, "beside it");
        });
        owner.with_cleanup(|| assert_eq!(use_context::<u8>(), None, "what stands there next"));
    }
}
