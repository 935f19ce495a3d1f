namespace Sallyport.Manifest.Routing;

/// <summary>A system property: <c>$name</c>, which an application property of that name hides, or <c>{$name}</c>, which it does not.</summary>
/// <param name="name">Without the dollar sign.</param>
/// <param name="isEscaped">True for the form in braces.</param>
internal sealed class SystemPropertyNode(string name, bool isEscaped) : ConditionNode(ConditionType.Text)
{
    private readonly string _nameWithSign = "$" + name;

    public override RouteValue Evaluate(RoutedMessage message)
    {
        if (!isEscaped && message.Properties.TryGetValue(_nameWithSign, out string? application))
        {
            return RouteValue.Of(application);
        }

        return message.SystemProperties.TryGetValue(name, out string? value) ? RouteValue.Of(value) : RouteValue.Undefined;
    }
}
