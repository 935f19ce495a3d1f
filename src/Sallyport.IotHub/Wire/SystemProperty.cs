namespace Sallyport.IotHub.Wire;

/// <summary>Wire names of the system properties that we write or read.</summary>
internal static class SystemProperty
{
    public const string Prefix = "$.";
    public const string MessageId = "$.mid";
    public const string ContentType = "$.ct";
    public const string ContentEncoding = "$.ce";
    public const string CreationTime = "$.ctime";
    public const string OutputName = "$.on";

    /// <summary>The module that sent a message to an input; edgeHub stamps it.</summary>
    public const string SenderModule = "$.cmid";
}
