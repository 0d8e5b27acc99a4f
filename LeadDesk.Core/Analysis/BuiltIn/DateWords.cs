namespace LeadDesk.Analysis.BuiltIn;

/// <summary>The first date, time or span of a message, as written: "today", "next monday", "3 May", "el próximo lunes", "2026-12-01", "5:45".</summary>
internal sealed class DateWords
{
    private readonly int _first = -1;
    private readonly int _last = -1;
    private readonly WordMeanings _meanings;
    private readonly TokenList _tokens;

    public DateWords(TokenList tokens, WordMeanings meanings)
    {
        _tokens = tokens;
        _meanings = meanings;
        for (var i = 0; i < tokens.Count && _first < 0; i++)
        {
            if (IsCore(i))
                _first = i;
        }
        if (_first < 0)
            return;
        _last = _first;
        while (_first > 0 && Extends(_first - 1, beforeMonth: meanings.Is(_first, EvidenceClass.Month) || meanings.Is(_first, EvidenceClass.Of)))
            _first--;
        while (_first < _last && (meanings.Is(_first, EvidenceClass.Of) && !meanings.Is(_first, EvidenceClass.DateMod)))
            _first++;
        while (_last + 1 < tokens.Count && Continues(_last + 1))
            _last++;
        while (_last > _first && meanings.Is(_last, EvidenceClass.Of) && !meanings.IsTime(_last))
            _last--;
    }

    public string? Text => _first < 0 ? null : _tokens.Text[_tokens[_first].Start.._tokens[_last].End];

    public bool Covers(int index) => (index >= _first && index <= _last) || (_tokens[index].Kind == TokenKind.Number && NearMonth(index));

    public bool IsPart(int index) => index >= _first && index <= _last;

    private bool IsCore(int index) =>
        _tokens[index].Kind == TokenKind.Calendar || _meanings.Is(index, EvidenceClass.Date)
        || (_meanings.Is(index, EvidenceClass.Month) && NearNumberOrModifier(index));

    // "May" is a month beside a number or "next", else a word like any other.
    private bool NearNumberOrModifier(int index)
    {
        for (var i = Math.Max(0, index - 2); i <= Math.Min(_tokens.Count - 1, index + 2); i++)
        {
            if (i != index && (_tokens[i].Kind == TokenKind.Number || _meanings.Is(i, EvidenceClass.DateMod)))
                return true;
        }
        return false;
    }

    private bool NearMonth(int index)
    {
        for (var i = Math.Max(0, index - 2); i <= Math.Min(_tokens.Count - 1, index + 3); i++)
        {
            if (_meanings.Is(i, EvidenceClass.Month))
                return true;
        }
        return false;
    }

    private bool Extends(int index, bool beforeMonth) =>
        _meanings.Is(index, EvidenceClass.DateMod) || _meanings.Is(index, EvidenceClass.Date)
        || (beforeMonth && (_tokens[index].Kind == TokenKind.Number || _meanings.Is(index, EvidenceClass.Of)));

    private bool Continues(int index)
    {
        if (_meanings.Is(index, EvidenceClass.Date) || _meanings.Is(index, EvidenceClass.DateMod) || _tokens[index].Kind == TokenKind.Calendar)
            return true;
        var afterMonth = _meanings.Is(index - 1, EvidenceClass.Month) || _meanings.Is(index - 2, EvidenceClass.Month);
        if (_meanings.Is(index, EvidenceClass.Month))
            return true;
        return afterMonth && _tokens[index].Kind == TokenKind.Number && _tokens[index].Value is <= 31 or (>= 1990 and <= 2100)
            && !_meanings.Is(index + 1, EvidenceClass.Unit);
    }
}
