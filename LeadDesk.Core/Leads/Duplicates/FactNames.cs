using System.Collections.Frozen;
using LeadDesk.Common;

namespace LeadDesk.Leads.Duplicates;

/// <summary>Under which names forms, lists and custom fields keep the facts that tell people apart.</summary>
internal static class FactNames
{
    private static readonly FrozenDictionary<string, FactKind> Kinds = Table(
        (FactKind.Name, "name full_name given_name first_name forename middle_name surname last_name family_name vorname nachname soyad ad_soyad isim nombre apellido apellidos nombre_completo prenom nom"),
        (FactKind.Phone, "phone_2 second_phone other_phone alternate_phone mobile mobile_phone home_phone work_phone landline whatsapp telefon cep_telefonu telefono movil"),
        (FactKind.Email, "email_2 second_email other_email alternate_email work_email"),
        (FactKind.Organisation, "company organisation organization company_name employer firma firma_adi empresa sirket"),
        (FactKind.BirthDate, "date_of_birth birth_date birthday dob born geburtsdatum dogum_tarihi fecha_de_nacimiento fecha_nacimiento date_de_naissance"),
        (FactKind.Identity, "soc_sec_id soc_sec social_security social_security_number ssn national_id national_id_number national_identity_number id_number identity_number identity_card id_card passport passport_no passport_number cnic nic nin nino tckn tc_kimlik_no kimlik_no dni nie curp rfc cpf tax_id tin vat_id vat_number customer_no customer_number customer_id personal_id personal_number emirates_id aadhaar pan"),
        (FactKind.HouseNumber, "street_number house_number house_no street_no building_number hausnummer"),
        (FactKind.AddressLine, "address address_1 address_2 address_3 address_line_1 address_line_2 address_line_3 street street_address street_name street_1 street_2 home_address postal_address mailing_address adres direccion calle adresse strasse"),
        (FactKind.Postcode, "postcode post_code postal_code postal zip zip_code zipcode plz posta_kodu codigo_postal cp code_postal pin_code pincode"),
        (FactKind.City, "city town suburb locality village sehir il ilce ciudad poblacion ort stadt ville"),
        (FactKind.State, "state province region county eyalet provincia estado bundesland"));

    /// <returns>Null for a name that says nothing about who somebody is.</returns>
    public static FactKind? Find(string fieldName) => Kinds.TryGetValue(Key(fieldName), out var kind) ? kind : null;

    /// <summary><c>Date of birth</c>, <c>date_of_birth</c> and <c>dateOfBirth</c> are one name.</summary>
    private static string Key(string name) => string.Concat(SearchText.Fold(name).Where(char.IsLetterOrDigit));

    private static FrozenDictionary<string, FactKind> Table(params (FactKind Kind, string Names)[] rows) =>
        rows.SelectMany(row => row.Names.Split(' ').Select(name => (Key: Key(name), row.Kind))).DistinctBy(row => row.Key).ToFrozenDictionary(row => row.Key, row => row.Kind, StringComparer.Ordinal);
}
