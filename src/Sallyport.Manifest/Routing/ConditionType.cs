namespace Sallyport.Manifest.Routing;

/// <summary>What an expression is known to be before any message is seen. edgeHub refuses routes on these grounds.</summary>
internal enum ConditionType
{
    Undefined,
    Null,
    Boolean,
    Number,
    Text,

    /// <summary>Something in a message's body: known only when there is a message.</summary>
    Body,
}
