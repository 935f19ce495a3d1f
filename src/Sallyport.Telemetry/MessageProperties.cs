namespace Sallyport.Telemetry;

/// <summary>Names of the application properties. Unique ignoring case, as IoT Hub compares them.</summary>
public static class MessageProperties
{
    /// <summary>Name and major version of the body's schema, for example <c>sallyport.frame/1</c>.</summary>
    public const string Schema = "schema";

    /// <summary>One of <see cref="MessageType"/>.</summary>
    public const string MessageType = "msgType";

    /// <summary>The device or module that the body speaks of.</summary>
    public const string Source = "source";

    /// <summary>How the source was read.</summary>
    public const string Protocol = "protocol";

    /// <summary>The poll group.</summary>
    public const string Group = "group";

    /// <summary>Worst <see cref="Telemetry.Quality"/> in the body.</summary>
    public const string Quality = "quality";

    /// <summary><c>true</c> when it waited in the ring; otherwise left out.</summary>
    public const string Replay = "replay";

    /// <summary>Hash of the configuration that the body was made under.</summary>
    public const string ConfigurationHash = "cfg";

    /// <summary>Identity of the ring.</summary>
    public const string Buffer = "sp-buffer";

    /// <summary>Number, identity and first page of the ring's epoch: <c>number:id:page</c>.</summary>
    public const string Epoch = "sp-epoch";

    /// <summary>Number of the page.</summary>
    public const string Page = "sp-page";

    /// <summary>Sequence number of the first record.</summary>
    public const string Sequence = "sp-seq";

    /// <summary>How many records.</summary>
    public const string Count = "sp-count";

    /// <summary>Records lost since the ring was made, before this page.</summary>
    public const string Lost = "sp-lost";

    /// <summary>Seal of the page before.</summary>
    public const string Previous = "sp-prev";

    /// <summary>Seal of this page.</summary>
    public const string Mac = "sp-mac";

    /// <summary>Which chain of keys sealed it.</summary>
    public const string KeyId = "sp-kid";

    /// <summary><c>true</c> when its records are the ring's own gap records; otherwise left out.</summary>
    public const string Gap = "sp-gap";

    /// <summary><c>true</c> when it may repeat records that arrived with a larger page before; otherwise left out.</summary>
    public const string Recovered = "sp-recovered";

    /// <summary><c>true</c> when the gateway's wall clock was set while it was open or since the page before; otherwise left out.</summary>
    public const string ClockStepped = "sp-clock-step";

    /// <summary>The signature of the device over a batch and all before it: time in milliseconds, a colon, 128 hexadecimal digits. On some batches only.</summary>
    public const string Checkpoint = "sp-checkpoint";

    /// <summary>The span that the message belongs to, as in W3C Trace Context: see <see cref="TraceParent"/>. On messages whose way is traced; otherwise left out.</summary>
    public const string TraceParent = "traceparent";
}
