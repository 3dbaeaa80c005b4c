using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Approvals.Core.Data;

/// <summary>
/// An id as the sixteen bytes it is written with. SQL Server compares them from the first, as .NET and the other databases compare ids,
/// so that version-7 ids are in the order of their time; its own <c>uniqueidentifier</c> is compared from the last six bytes.
/// </summary>
internal sealed class BigEndianGuid() : ValueConverter<Guid, byte[]>(
    value => value.ToByteArray(true), bytes => new Guid(bytes, true));
