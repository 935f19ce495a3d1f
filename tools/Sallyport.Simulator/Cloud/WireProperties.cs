using System.Collections.Frozen;

namespace Sallyport.Simulator.Cloud;

/// <summary>The names of system properties in the property bag of a topic.</summary>
internal static class WireProperties
{
    public const string MessageId = "$.mid";
    public const string CorrelationId = "$.cid";
    public const string UserId = "$.uid";
    public const string To = "$.to";
    public const string ContentType = "$.ct";
    public const string ContentEncoding = "$.ce";
    public const string CreationTime = "$.ctime";
    public const string Expiry = "$.exp";
    public const string OutputName = "$.on";
    public const string Schema = "$.schema";
    public const string Component = "$.sub";
    public const string InterfaceId = "$.ifid";
    public const string ConnectionDeviceId = "$.cdid";
    public const string ConnectionModuleId = "$.cmid";

    /// <summary>What IoT Hub keeps apart from application properties.</summary>
    public static FrozenSet<string> KeptByHub { get; } =
        new[] { MessageId, CorrelationId, UserId, To, ContentType, ContentEncoding, CreationTime, OutputName, Schema, Component, InterfaceId }
            .ToFrozenSet(StringComparer.Ordinal);
}
