//! How message structs are written.

/// Declares a struct of messages in both languages, line by line: a name, the Simplified Chinese, the English.
///
/// A text without parameters is a `&'static str`. One with parameters is a function pointer that returns a
/// `String`, written as two closures:
///
/// ```ignore
/// messages! {
///     /// What the page says.
///     pub struct Example {
///         retry: "重试", "Retry";
///         left(time: &str): |t| format!("剩 {t}"), |t| format!("{t} left");
///     }
/// }
/// ```
///
/// The Chinese wording becomes the documentation of each field.
#[macro_export]
macro_rules! messages {
    (
        $(#[$attribute:meta])*
        pub struct $name:ident {
            $($field:ident $(($($parameter:ident: $type:ty),+))?: $zh:expr, $en:expr;)+
        }
    ) => {
        $(#[$attribute])*
        #[derive(Debug)]
        pub struct $name {
            $(
                #[doc = concat!("`", stringify!($zh), "`")]
                pub $field: $crate::messages!(@type $(($($type),+))?),
            )+
        }

        impl $name {
            /// Simplified Chinese.
            pub const ZH: Self = Self { $($field: $zh,)+ };
            /// English.
            pub const EN: Self = Self { $($field: $en,)+ };
        }

        impl $crate::i18n::Localised for $name {
            fn in_locale(locale: $crate::i18n::Locale) -> &'static Self {
                match locale {
                    $crate::i18n::Locale::ZhHans => &Self::ZH,
                    $crate::i18n::Locale::En => &Self::EN,
                }
            }
        }
    };
    (@type) => { &'static str };
    (@type ($($type:ty),+)) => { fn($($type),+) -> String };
}
