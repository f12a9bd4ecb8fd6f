//! The one list of names in this crate that says what well-known functions do with a function that
//! they are given. What isn't here is judged by its shape: a hook gives back something that calls it.
//!
//! Sources: react.dev/reference/react (hooks, `memo`, `forwardRef`, `cache`, `startTransition`),
//! and the manuals of next-safe-action, zsa-react, TanStack Query, SWR and React Hook Form.

/// What a hook gives back for the functions that it is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gives {
    /// The first argument itself.
    Same,
    /// What its first argument returns.
    Returned,
    /// An array with the function at this place.
    Position(u32),
    /// An object, array or function that calls it.
    Something,
    /// Nothing that calls it when asked to.
    Nothing,
}

const HOOKS: &[(&str, Gives)] = &[
    ("useActionState", Gives::Position(1)),
    ("useFormState", Gives::Position(1)),
    ("useCallback", Gives::Same),
    ("useEffectEvent", Gives::Same),
    ("useEvent", Gives::Same),
    ("useDeferredValue", Gives::Same),
    ("useMemo", Gives::Returned),
    ("useState", Gives::Nothing),
    ("useReducer", Gives::Nothing),
    ("useOptimistic", Gives::Nothing),
    ("useTransition", Gives::Nothing),
    ("useEffect", Gives::Nothing),
    ("useLayoutEffect", Gives::Nothing),
    ("useInsertionEffect", Gives::Nothing),
    ("useImperativeHandle", Gives::Nothing),
    ("useSyncExternalStore", Gives::Nothing),
    ("useRef", Gives::Nothing),
    ("useContext", Gives::Nothing),
    ("useForm", Gives::Nothing),
    // They ask by themselves; what they give back are data.
    ("useSWR", Gives::Nothing),
    ("useSWRImmutable", Gives::Nothing),
    ("useSWRInfinite", Gives::Nothing),
    ("useQuery", Gives::Nothing),
    ("useQueries", Gives::Nothing),
    ("useSuspenseQuery", Gives::Nothing),
    ("useInfiniteQuery", Gives::Nothing),
];

/// What a call of that function gives back; `None` where the name says nothing.
pub(super) fn gives(callee: &str) -> Option<Gives> {
    let last = last_name(callee);
    let known = HOOKS.iter().find(|(name, _)| *name == last).map(|(_, gives)| *gives);
    known.or_else(|| is_hook(last).then_some(Gives::Something))
}

/// Members that call the function that the hook was given, whatever is done with them.
const TRIGGERS: &[&str] = &[
    "execute",
    "executeAsync",
    "executeFormAction",
    "formAction",
    "mutate",
    "mutateAsync",
    "trigger",
    "dispatch",
    "run",
    "runAsync",
    "handleSubmitWithAction",
];

/// Members that never do.
const NO_TRIGGERS: &[&str] = &[
    "reset",
    "resetFormAndAction",
    "result",
    "status",
    "state",
    "data",
    "error",
    "errors",
    "input",
    "variables",
    "form",
    "control",
    "optimisticState",
    "optimisticData",
    "setOptimistic",
    "setResult",
    "setData",
    "setError",
    "clear",
    "clearErrors",
    "cancel",
    "abort",
    "register",
    "unregister",
    "setValue",
    "getValues",
    "watch",
    "then",
    "catch",
    "finally",
    "toString",
    "map",
    "filter",
    "forEach",
];

/// What is known of a member of what a hook gave back: it surely calls, it surely doesn't (`None`),
/// or its use has to tell.
pub(super) fn triggers(member: &str) -> Option<bool> {
    let is_state = ["is", "has"]
        .iter()
        .any(|prefix| member.strip_prefix(prefix).is_some_and(|rest| rest.starts_with(char::is_uppercase)));
    if is_state || NO_TRIGGERS.contains(&member) {
        return None;
    }
    Some(TRIGGERS.contains(&member))
}

/// Functions that call what they are given, now or when something happens.
const CALLERS: &[&str] =
    &["startTransition", "handleSubmit", "startViewTransition", "debounce", "throttle", "setTimeout"];

/// Whether that function calls its argument.
pub(super) fn is_caller(callee: &str) -> bool {
    let last = last_name(callee);
    CALLERS.contains(&last)
        || last.strip_prefix("start").is_some_and(|rest| rest.starts_with(char::is_uppercase))
        || matches!(gives(last), Some(Gives::Same | Gives::Position(_)))
}

/// Functions that give back the function that they are given, with its parameters.
pub(super) fn is_transparent(callee: &str) -> bool {
    matches!(last_name(callee), "memo" | "forwardRef" | "cache" | "observer")
        || matches!(gives(callee), Some(Gives::Same))
}

/// Functions that take a module and give back its component.
pub(super) fn is_lazy(callee: &str) -> bool {
    matches!(last_name(callee), "dynamic" | "lazy")
}

/// Whether an attribute of that name takes a function to call.
pub(super) fn is_callback(attribute: &str) -> bool {
    attribute.strip_prefix("on").is_some_and(|rest| rest.starts_with(char::is_uppercase))
        || attribute == "action"
        || attribute.ends_with("Action")
}

fn is_hook(name: &str) -> bool {
    name.strip_prefix("use").is_some_and(|rest| rest.starts_with(char::is_uppercase))
}

fn last_name(callee: &str) -> &str {
    callee.rsplit('.').next().unwrap_or(callee)
}
