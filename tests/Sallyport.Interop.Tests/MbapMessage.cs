using System.Globalization;

namespace Sallyport.Interop.Tests;

/// <summary>One Modbus TCP message as tshark decoded it.</summary>
/// <param name="DestinationPort">Whom it went to.</param>
/// <param name="TransactionId">Its transaction id.</param>
/// <param name="FunctionCode">Its function code, without the bit of an exception.</param>
/// <param name="Quantity">Of a request, how many registers or bits; of a reply 0.</param>
internal sealed record MbapMessage(int DestinationPort, int TransactionId, int FunctionCode, int Quantity)
{
    private const int ExceptionBit = 0x80;

    /// <summary>The messages of one segment: tshark gives each field of all of them in one column.</summary>
    public static IEnumerable<MbapMessage> InSegment(string row)
    {
        string[] columns = row.Split(';');
        int[] ids = Numbers(columns[1]);
        int[] functions = Numbers(columns[2]);
        int[] quantities = Numbers(columns[3]);
        return ids.Select((id, i) => new MbapMessage(
            Numbers(columns[0])[0], id, functions[i] & ~ExceptionBit, i < quantities.Length ? quantities[i] : 0));
    }

    private static int[] Numbers(string column) =>
        [.. column.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
}
