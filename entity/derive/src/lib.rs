//! Derives for the rows of Beacon's database.

use proc_macro::TokenStream;
use quote::quote;
use syn::{DeriveInput, parse_macro_input};

/// Derives `entity::cells::InOrder`: each field is the next column, in the order in which they are declared; but for keys that the row
/// has said already.
#[proc_macro_derive(InOrder)]
pub fn in_order(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let syn::Data::Struct(model) = &input.data else {
        let refusal = syn::Error::new_spanned(&input, "only rows are read in order");
        return refusal.into_compile_error().into();
    };
    let name = &input.ident;
    let fields = model.fields.iter().filter_map(|field| field.ident.as_ref()).map(|field| {
        let key = field.to_string();
        quote! { #field: cells.take_unless_known(#key)? }
    });
    let derived = quote! {
        impl crate::cells::InOrder for #name {
            fn in_order(cells: &mut crate::cells::Cells<'_>) -> Result<Self, sea_orm::DbErr> {
                Ok(Self { #(#fields),* })
            }
        }
    };
    derived.into()
}
