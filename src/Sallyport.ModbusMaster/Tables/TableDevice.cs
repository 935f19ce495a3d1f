using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Sallyport.ModbusMaster.Tables;

/// <summary>What a points file says about one device: where, and in a table also what.</summary>
/// <param name="firstLine">The line of its first point.</param>
[SuppressMessage("Design", "CA1001", Justification = "The writer holds nothing but memory.")]
internal sealed class TableDevice(int firstLine)
{
    private ArrayBufferWriter<byte> _buffer = new(1);
    private Utf8JsonWriter? _json;

    /// <summary>The line of its first point.</summary>
    public int FirstLine { get; } = firstLine;

    /// <summary>The line of each point, by name.</summary>
    public Dictionary<string, int> Lines { get; } = new(StringComparer.Ordinal);

    /// <summary>Writes the points of the device, one after the other, whatever stands between them in the file.</summary>
    public Utf8JsonWriter Json
    {
        get
        {
            if (_json is null)
            {
                _json = new Utf8JsonWriter(_buffer);
                _json.WriteStartObject();
            }

            return _json;
        }
    }

    /// <summary>Ends the object of points, copies it and lets go of it.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        Json.WriteEndObject();
        Json.Flush();
        json.WriteRawValue(_buffer.WrittenSpan, skipInputValidation: true);
        (_json, _buffer) = (null, new ArrayBufferWriter<byte>(1));
    }
}
