namespace LeadDesk.Leads.Duplicates;

/// <summary>What two leads are compared by. The numbers are stored with each explanation.</summary>
public enum FactKind
{
    Name = 0,
    Phone = 1,
    Email = 2,
    Organisation = 3,
    BirthDate = 4,

    /// <summary>A number that the state or a customer list gave to one person: social security, national id, passport.</summary>
    Identity = 5,
    HouseNumber = 6,

    /// <summary>Street, building or estate: a line of the address without its house number.</summary>
    AddressLine = 7,
    Postcode = 8,
    City = 9,
    State = 10,
}
