namespace Sallyport.Manifest.Routing;

/// <summary>What a value turned out to be.</summary>
internal enum RouteValueKind
{
    Undefined,
    Null,
    Boolean,
    Number,
    Text,
}
