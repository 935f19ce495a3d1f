using System.Text.Json;

namespace Sallyport.Ctl.Terminal;

/// <summary>What a verb found: said to people or to machines.</summary>
internal interface IReport
{
    /// <summary>What the process ends with.</summary>
    ExitCode ExitCode { get; }

    /// <summary>Tells people.</summary>
    void Show(Screen screen);

    /// <summary>Tells machines: the members of one JSON object.</summary>
    void Write(Utf8JsonWriter json);
}
