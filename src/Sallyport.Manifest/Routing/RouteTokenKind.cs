namespace Sallyport.Manifest.Routing;

/// <summary>Kinds of token, in the order in which edgeHub's lexer prefers them when two match the same characters.</summary>
internal enum RouteTokenKind
{
    Select,
    From,
    Where,
    Into,
    Text,
    UnterminatedText,
    Integer,
    Hexadecimal,
    Real,
    True,
    False,
    Null,
    Undefined,
    Symbol,
    And,
    Or,
    Not,
    SystemProperty,
    Identifier,
    QueryPath,
    Unknown,
    End,
}
