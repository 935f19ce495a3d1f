using System.Collections.Frozen;

namespace Sallyport.Telemetry;

/// <summary>What the frames of one stream have in common under one configuration.</summary>
/// <param name="session">As in <see cref="Frame"/>.</param>
/// <param name="source">As in <see cref="Frame"/>.</param>
/// <param name="protocol">As in <see cref="Frame"/>.</param>
/// <param name="group">As in <see cref="Frame"/>.</param>
/// <param name="configurationHash">The <c>cfg</c> property.</param>
/// <remarks>Safe from any thread.</remarks>
public sealed class FrameHead(string session, string source, string protocol, string group, string configurationHash)
{
    private readonly FrozenDictionary<string, string>?[] _properties = new FrozenDictionary<string, string>?[(int)Quality.Bad + 1];

    /// <summary>As in <see cref="Frame"/>.</summary>
    public string Session => session;

    /// <summary>As in <see cref="Frame"/>.</summary>
    public string Source => source;

    /// <summary>As in <see cref="Frame"/>.</summary>
    public string Protocol => protocol;

    /// <summary>As in <see cref="Frame"/>.</summary>
    public string Group => group;

    /// <summary>The <c>cfg</c> property.</summary>
    public string ConfigurationHash => configurationHash;

    /// <summary>The application properties of a message; made once for each quality, since every message carries them.</summary>
    internal FrozenDictionary<string, string> PropertiesFor(Quality worst) => _properties[(int)worst] ??= TelemetryMessage.Properties(
        (MessageProperties.Schema, Frame.Schema),
        (MessageProperties.MessageType, MessageType.Telemetry.Name),
        (MessageProperties.Source, source),
        (MessageProperties.Protocol, protocol),
        (MessageProperties.Group, group),
        (MessageProperties.Quality, worst.ToString()),
        (MessageProperties.ConfigurationHash, configurationHash));
}
