using System.Globalization;

namespace Sallyport.ModbusMaster.Configuration;

/// <summary>Where a device, a gateway or a bus is reached, and how. Closed: the nested records are all there are.</summary>
public abstract record ModbusEndpoint
{
    private ModbusEndpoint()
    {
    }

    /// <summary>The <c>protocol</c> of frames; also the scheme of the endpoint as it is written.</summary>
    public abstract string Protocol { get; }

    /// <summary>What is taken when this endpoint is used: two connections must not have the same. <c>host:port</c>, or the path of a serial port.</summary>
    public abstract string Address { get; }

    /// <summary>Whether a serial bus is behind it: unit 0 is everybody there, and nobody answers.</summary>
    public virtual bool IsBus => false;

    /// <summary>The <see cref="Address"/>.</summary>
    public sealed override string ToString() => Address;

    private static string HostAndPort(string host, int port) => string.Create(CultureInfo.InvariantCulture, $"{host}:{port}");

    /// <summary>Modbus TCP.</summary>
    /// <param name="Host">Host name or IP address, in lower case; IPv6 without brackets.</param>
    /// <param name="Port">1 to 65535.</param>
    public sealed record Tcp(string Host, int Port) : ModbusEndpoint
    {
        /// <inheritdoc/>
        public override string Protocol => "modbus-tcp";

        /// <inheritdoc/>
        public override string Address => HostAndPort(Host, Port);
    }

    /// <summary>Modbus TCP inside TLS, with certificates on both sides. Never steps down to <see cref="Tcp"/>.</summary>
    /// <param name="Host">Host name or IP address, in lower case; the device's certificate must carry it.</param>
    /// <param name="Port">1 to 65535.</param>
    public sealed record Tls(string Host, int Port) : ModbusEndpoint
    {
        /// <inheritdoc/>
        public override string Protocol => "modbus-tls";

        /// <inheritdoc/>
        public override string Address => HostAndPort(Host, Port);
    }

    /// <summary>Frames of a serial line over TCP, as simple converters pass them through.</summary>
    /// <param name="Host">Host name or IP address, in lower case; IPv6 without brackets.</param>
    /// <param name="Port">1 to 65535.</param>
    public sealed record RtuOverTcp(string Host, int Port) : ModbusEndpoint
    {
        /// <inheritdoc/>
        public override string Protocol => "modbus-rtu-tcp";

        /// <inheritdoc/>
        public override string Address => HostAndPort(Host, Port);

        /// <inheritdoc/>
        public override bool IsBus => true;
    }

    /// <summary>A serial port. Always 8 data bits.</summary>
    /// <param name="Path">Absolute path below <c>/dev</c>; one of <c>/dev/serial/by-id</c> survives being plugged in again.</param>
    /// <param name="Baud">Bits per second: one of the standard rates.</param>
    /// <param name="Parity">What the ninth bit is.</param>
    /// <param name="StopBits">1 or 2.</param>
    public sealed record Serial(string Path, int Baud, SerialParity Parity, int StopBits) : ModbusEndpoint
    {
        private const int FixedSilenceAboveBaud = 19_200;
        private const double FixedSilenceMs = 1.75;
        private const double SilenceInCharacters = 3.5;

        /// <inheritdoc/>
        public override string Protocol => "modbus-rtu";

        /// <inheritdoc/>
        public override string Address => Path;

        /// <inheritdoc/>
        public override bool IsBus => true;

        /// <summary>How long the line must be silent before a frame.</summary>
        /// <remarks>Modbus over Serial Line V1.02, section 2.5.1.1: 3.5 characters, but 1.75 ms above 19200 baud.</remarks>
        public TimeSpan Silence => Baud > FixedSilenceAboveBaud ? TimeSpan.FromMilliseconds(FixedSilenceMs) : CharacterTime * SilenceInCharacters;

        private TimeSpan CharacterTime => TimeSpan.FromSeconds((1 + 8 + (Parity is SerialParity.None ? 0 : 1) + StopBits) / (double)Baud);

        /// <summary>How long so many bytes take on the wire.</summary>
        public TimeSpan WireTime(int bytes) => CharacterTime * bytes;
    }
}
