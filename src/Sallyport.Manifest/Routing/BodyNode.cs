namespace Sallyport.Manifest.Routing;

/// <summary>Something in the body: <c>$body.path</c>, which an application property of that name hides, or <c>{$body.path}</c>.</summary>
/// <param name="nameInFull">As written, dollar sign included.</param>
/// <param name="path">What follows «$body.».</param>
/// <param name="isEscaped">True for the form in braces.</param>
internal sealed class BodyNode(string nameInFull, BodyPath path, bool isEscaped) : ConditionNode(ConditionType.Body)
{
    public override RouteValue Evaluate(RoutedMessage message) =>
        !isEscaped && message.Properties.TryGetValue(nameInFull, out string? application)
            ? RouteValue.Of(application)
            : path.Read(message.Json);
}
