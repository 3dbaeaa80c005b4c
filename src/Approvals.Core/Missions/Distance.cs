namespace Approvals.Core.Missions;

/// <summary>Distance over the ground between two points. Pure.</summary>
public static class Distance
{
    private const double EarthRadiusKilometres = 6371.0088;

    /// <summary>Kilometres along the great circle; null when a coordinate is missing or impossible.</summary>
    public static double? Kilometres(double? fromLatitude, double? fromLongitude, double? toLatitude, double? toLongitude)
    {
        if (!IsPlace(fromLatitude, fromLongitude) || !IsPlace(toLatitude, toLongitude))
        {
            return null;
        }

        var (from, to) = (Radians(fromLatitude!.Value), Radians(toLatitude!.Value));
        var across = Math.Pow(Math.Sin((to - from) / 2), 2)
            + Math.Cos(from) * Math.Cos(to) * Math.Pow(Math.Sin(Radians(toLongitude!.Value - fromLongitude!.Value) / 2), 2);

        // Rounding can push the value of opposite points a hair above one.
        return 2 * EarthRadiusKilometres * Math.Asin(Math.Min(1, Math.Sqrt(across)));
    }

    /// <summary>Whether both are given and lie on the earth.</summary>
    public static bool IsPlace(double? latitude, double? longitude) =>
        latitude is >= -90 and <= 90 && longitude is >= -180 and <= 180;

    private static double Radians(double degrees) => degrees * Math.PI / 180;
}
