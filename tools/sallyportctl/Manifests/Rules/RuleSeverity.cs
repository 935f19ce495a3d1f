namespace Sallyport.Ctl.Manifests.Rules;

/// <summary>How bad it is when a rule is broken.</summary>
internal enum RuleSeverity
{
    /// <summary>The manifest must not be deployed.</summary>
    Error,

    /// <summary>It works, and somebody should know.</summary>
    Warning,
}
