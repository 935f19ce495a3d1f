using System.Globalization;
using Sallyport.Ctl.Documents;

namespace Sallyport.Ctl.Modbus.Import;

/// <summary>Reads values of a foreign configuration, which is often careless: numbers in quotes, names in any case.</summary>
internal static class ForeignValue
{
    /// <summary>A member whose name is written in any case.</summary>
    public static DocumentNode? Find(this DocumentNode node, string name) =>
        node[name] ?? node.Members.FirstOrDefault(member => string.Equals(member.Key, name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>The text of a member; null if there is none or it is empty.</summary>
    public static string? TextOf(this DocumentNode node, string name) => node.Find(name)?.Text?.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>A member as a whole number; null if it is none.</summary>
    public static int? NumberOf(this DocumentNode node, string name) => node.Find(name)?.AsNumber();

    /// <summary>A value as a whole number; null if it is none.</summary>
    public static int? AsNumber(this DocumentNode node) =>
        int.TryParse(node.Text?.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : null;

    /// <summary>A member as a number that may have a fraction; null if it is none.</summary>
    public static double? FractionOf(this DocumentNode node, string name) =>
        double.TryParse(node.TextOf(name), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;
}
