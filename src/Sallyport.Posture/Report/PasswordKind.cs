using System.Text.Json.Serialization;

namespace Sallyport.Posture.Report;

/// <summary>What kind of password an account has. The hash itself never leaves the collector.</summary>
[JsonConverter(typeof(CamelCaseWords<PasswordKind>))]
public enum PasswordKind
{
    /// <summary>The collector could not see it.</summary>
    Hidden,

    /// <summary>No password opens it.</summary>
    Locked,

    /// <summary>A hash of today.</summary>
    Hashed,

    /// <summary>A hash that is quickly guessed: DES or MD5.</summary>
    WeaklyHashed,

    /// <summary>One of the usual default passwords opens it.</summary>
    Default,

    /// <summary>It opens without a password.</summary>
    Empty,
}
