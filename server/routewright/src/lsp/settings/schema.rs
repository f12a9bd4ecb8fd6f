//! The settings as VS Code's manifest describes them: made from the type, and kept equal by a test.
//! `UPDATE_EXPECT=1 cargo test -p routewright settings` writes them there.

use std::path::Path;

use serde_json::{Map, Value, json};

use super::{SECTION, Settings};

/// Where VS Code differs: its extension runs the command behind a lens.
const IN_VSCODE: [(&str, Value); 1] = [("codeLens", Value::Bool(true))];

const TITLE: &str = "Routewright";

/// `contributes.configuration.properties`, in the order of the type's fields.
fn properties() -> Map<String, Value> {
    let generator = schemars::generate::SchemaSettings::draft07().with(|s| s.inline_subschemas = true).into_generator();
    let schema = generator.into_root_schema_for::<Settings>().to_value();
    let usual = serde_json::to_value(Settings::default()).unwrap();
    let mut all = Map::new();
    for (order, (key, default)) in usual.as_object().unwrap().iter().enumerate() {
        let mut property = schema["properties"][key].clone();
        as_choices(&mut property);
        let described = property.as_object_mut().unwrap();
        let text = described.remove("description").unwrap_or_default();
        let default = IN_VSCODE.iter().find(|(other, _)| other == key).map_or(default, |(_, default)| default);
        described.insert("default".into(), default.clone());
        described.insert("markdownDescription".into(), json!(text.as_str().unwrap().replace('\n', " ")));
        described.insert("order".into(), json!(order));
        described.insert("scope".into(), json!("window"));
        all.insert(format!("{SECTION}.{key}"), property);
    }
    all
}

/// VS Code shows a list to choose from for an `enum`, not for words that are described one by one.
fn as_choices(schema: &mut Value) {
    let Some(object) = schema.as_object_mut() else { return };
    object.values_mut().for_each(as_choices);
    let words = |one: &Value| one.get("const").cloned();
    let choices = object.get("oneOf").and_then(Value::as_array).map(|all| all.iter().filter_map(words).collect());
    if let Some(words) = choices.filter(|words: &Vec<Value>| !words.is_empty()) {
        object.remove("oneOf");
        object.insert("type".into(), json!("string"));
        object.insert("enum".into(), Value::Array(words));
    }
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

#[test]
fn the_manifest_of_vscode_has_them() {
    let path = root().join("editors/vscode/package.json");
    let text = std::fs::read_to_string(&path).unwrap();
    let mut manifest: Value = serde_json::from_str(&text).unwrap();
    let section = &mut manifest["contributes"]["configuration"][0];
    assert_eq!(section["title"], TITLE);
    section["properties"] = Value::Object(properties());
    let written = serde_json::to_string_pretty(&manifest).unwrap() + "\n";
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, &written).unwrap();
        return;
    }
    assert!(written == text, "{} has other settings than the server: UPDATE_EXPECT=1 writes them", path.display());
}

#[test]
fn the_readme_has_them() {
    let text = std::fs::read_to_string(root().join("README.md")).unwrap();
    let described: Vec<&str> =
        text.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` | `").map(|(key, _)| key)).collect();
    let usual = serde_json::to_value(Settings::default()).unwrap();
    let keys: Vec<&String> = usual.as_object().unwrap().keys().collect();
    assert_eq!(described, keys);
}

#[test]
fn every_key_is_read() {
    let usual = serde_json::to_value(Settings::default()).unwrap();
    let keys: Vec<&String> = usual.as_object().unwrap().keys().collect();
    assert_eq!(super::KEYS.to_vec(), keys);
}
