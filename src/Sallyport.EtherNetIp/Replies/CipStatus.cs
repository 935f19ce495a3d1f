using System.Globalization;
using Sallyport.Telemetry;

namespace Sallyport.EtherNetIp.Replies;

/// <summary>How a device answered.</summary>
/// <param name="General">The general status; 0 is good.</param>
/// <param name="Extended">The first word of additional status; 0 if there is none.</param>
/// <remarks>CIP Volume 1, appendix B and section 3-5.6; the extended status of 0xFF is that of Logix controllers.</remarks>
public readonly record struct CipStatus(byte General, ushort Extended = 0)
{
    /// <summary>Whether all that was asked for came.</summary>
    public bool IsGood => General == 0;

    /// <summary>Whether a part came, and the rest is to be asked for.</summary>
    public bool IsPartial => General == 0x06;

    /// <summary>What to do about it.</summary>
    public StatusConsequence Consequence => StatusTable.Find(this).Consequence;

    /// <summary>What it means and what helps, in a few words.</summary>
    public string Text => StatusTable.Find(this).Text;

    /// <summary>What a value that could not be read for this reason is.</summary>
    public StatusCode Quality => Consequence switch
    {
        StatusConsequence.None => StatusCode.Good,
        StatusConsequence.ConfigurationError when General is 0x04 or 0x05 or 0x16 => StatusCode.BadNodeIdUnknown,
        StatusConsequence.ConfigurationError or StatusConsequence.WrongDevice => StatusCode.BadConfigurationError,
        StatusConsequence.AccessDenied or StatusConsequence.Transient => StatusCode.BadResourceUnavailable,
        StatusConsequence.Reconnect => StatusCode.BadNotConnected,
        StatusConsequence.DowngradeCapability => StatusCode.BadServiceUnsupported,
        StatusConsequence.DeviceFailure => StatusCode.BadDeviceFailure,
        _ => StatusCode.BadCommunicationError,
    };

    /// <summary>For example <c>0x01/0x0312: …</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}: {Text}");

    private string Number => Extended == 0
        ? string.Create(CultureInfo.InvariantCulture, $"0x{General:X2}")
        : string.Create(CultureInfo.InvariantCulture, $"0x{General:X2}/0x{Extended:X4}");
}
