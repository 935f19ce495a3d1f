namespace Sallyport.Manifest.Routing;

/// <summary>What edgeHub calls the system properties that routes can look at.</summary>
/// <remarks>Microsoft.Azure.Devices.Edge.Hub.Core, SystemProperties.</remarks>
internal static class SystemPropertyNames
{
    public const string MessageId = "messageId";
    public const string CorrelationId = "cid";
    public const string UserId = "userId";
    public const string To = "to";
    public const string ContentType = "contentType";
    public const string ContentEncoding = "contentEncoding";
    public const string CreationTime = "creationTime";
    public const string OutputName = "outputName";
    public const string MessageSchema = "messageSchema";
    public const string MessageType = "messageType";
    public const string ComponentName = "dt-subject";
    public const string InterfaceId = "iothub-interface-id";
    public const string ConnectionDeviceId = "connectionDeviceId";
    public const string ConnectionModuleId = "connectionModuleId";
    public const string EdgeMessageId = "edgeMessageId";
    public const string EdgeHubOriginInterface = "edgeHubOriginInterface";
    public const string EnqueuedTime = "enqueuedTime";
}
