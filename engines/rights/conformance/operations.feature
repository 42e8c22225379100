Feature: Every operation
  What each operation computes, in both generations of the format: `bewerkingen_base` is written for schema v0.5.6,
  `bewerkingen` for v0.7.1. Dates follow the rule of the corresponding day: 31 January and a month is the last of February.

  Scenario Outline: <output> of <a> and <b> is <result>, in both generations
    Given parameter "a" is "<a>"
    And parameter "b" is "<b>"
    When I evaluate "<output>" of "bewerkingen_base"
    Then output "<output>" equals "<result>"
    When I evaluate "<output>" of "bewerkingen"
    Then output "<output>" equals "<result>"

    Examples: numbers, exactly
      | output   | a                    | b   | result                          |
      | som      | 2                    | 3   | 5                               |
      | som      | 0.1                  | 0.2 | 0.3                             |
      | som      | -2                   | 2.0 | 0                               |
      | verschil | 1                    | 0.9 | 0.1                             |
      | product  | 1.10                 | 1.1 | 1.21                            |
      | product  | 3037000499           | 3   | 9111001497                      |
      | quotient | 1                    | 4   | 0.25                            |
      | quotient | 10                   | 3   | 3.33333333333333333333333333333 |
      | quotient | -6                   | 3   | -2                              |
      | kleinste | 2                    | 1.5 | 1.5                             |
      | grootste | 2                    | 1.5 | 2                               |
      | som      | 9223372036854775806  | 1   | 9223372036854775807             |
      | verschil | -9223372036854775807 | 1   | -9223372036854775808            |

    Examples: texts and lists are joined by ADD; the first operand sets the mode
      | output | a      | b      | result       |
      | som    | taal   | les    | taalles      |
      | som    | [1, 2] | [3]    | [1, 2, 3]    |
      | som    | []     | ["a"]  | ["a"]        |

    Examples: rounding, halves away from zero, in the value's own unit
      | output              | a      | b | result |
      | afgerond            | 2.345  | 0 | 2.35   |
      | afgerond            | -2.345 | 0 | -2.35  |
      | afgerond            | 2.344  | 0 | 2.34   |
      | afgerond_op_honderd | 12350  | 0 | 12400  |
      | afgerond_op_honderd | 12349  | 0 | 12300  |
      | afgerond_op_honderd | -12350 | 0 | -12400 |
      | naar_boven          | 2.1    | 0 | 3      |
      | naar_boven          | -2.9   | 0 | -2     |
      | naar_beneden        | 2.9    | 0 | 2      |
      | naar_beneden        | -2.1   | 0 | -3     |

    Examples: equality and order
      | output    | a          | b          | result |
      | gelijk    | 1          | 1.0        | true   |
      | gelijk    | ja         | ja         | true   |
      | gelijk    | 1          | een        | false  |
      | gelijk    | true       | 1          | false  |
      | gelijk    | [1, 2]     | [1, 2]     | true   |
      | gelijk    | [1, 2]     | [2, 1]     | false  |
      | gelijk    | 2024-02-29 | 2024-02-29 | true   |
      | gelijk    | null       | null       | true   |
      | gelijk    | null       | 0          | false  |
      | ongelijk  | 1          | 2          | true   |
      | groter    | 2          | 1.5        | true   |
      | groter    | 2024-03-01 | 2024-02-29 | true   |
      | kleiner   | 2023-12-31 | 2024-01-01 | true   |
      | minstens  | 5          | 5          | true   |
      | hoogstens | 5          | 4.999      | false  |
      | leeg      | null       | 0          | true   |
      | leeg      | 0          | 0          | false  |
      | gevuld    | null       | 0          | false  |
      | gevuld    | x          | 0          | true   |

    Examples: logic and choice
      | output            | a     | b     | result  |
      | beide             | true  | true  | true    |
      | beide             | true  | false | false   |
      | een_van_beide     | false | true  | true    |
      | een_van_beide     | false | false | false   |
      | niet              | true  | false | false   |
      | alles_van_niets   | 0     | 0     | true    |
      | iets_van_niets    | 0     | 0     | false   |
      | veilig            | null  | 0     | false   |
      | veilig            | 6     | 0     | true    |
      | keuze             | true  | true  | eerste  |
      | keuze             | false | true  | tweede  |
      | keuze             | false | false | anders  |
      | keuze_zonder_rest | false | 0     | null    |

    Examples: lists
      | output        | a    | b      | result |
      | in_lijst      | 1.0  | x      | true   |
      | in_lijst      | twee | x      | true   |
      | in_lijst      | x    | x      | true   |
      | in_lijst      | y    | x      | false  |
      | in_lijst      | null | null   | true   |
      | niet_in_lijst | y    | x      | true   |
      | in_waarde     | 2    | [1, 2] | true   |
      | in_waarde     | 2    | 2      | true   |
      | in_waarde     | 2    | [3]    | false  |
      | lijst         | 1    | x      | [1, "x"] |
      | deel          | {"deel": "links"} | 0 | links |

    Examples: ages; a birthday on 29 February counts on the 28th in other years
      | output   | a          | b          | result |
      | leeftijd | 2000-05-05 | 2018-05-04 | 17     |
      | leeftijd | 2000-05-05 | 2018-05-05 | 18     |
      | leeftijd | 2004-02-29 | 2022-02-27 | 17     |
      | leeftijd | 2004-02-29 | 2022-02-28 | 18     |
      | leeftijd | 2004-02-29 | 2024-02-28 | 19     |
      | leeftijd | 2004-02-29 | 2024-02-29 | 20     |
      | leeftijd | 2024-05-05 | 2023-05-05 | -1     |

    Examples: dates at the ends of months and in leap years
      | output              | a          | b    | result     |
      | jaren_later         | 2024-02-29 | 1    | 2025-02-28 |
      | jaren_later         | 2024-02-29 | 4    | 2028-02-29 |
      | jaren_later         | 2024-02-29 | -1   | 2023-02-28 |
      | jaren_later         | 1896-02-29 | 4    | 1900-02-28 |
      | maanden_later       | 2023-01-31 | 1    | 2023-02-28 |
      | maanden_later       | 2024-01-31 | 1    | 2024-02-29 |
      | maanden_later       | 2023-11-30 | 3    | 2024-02-29 |
      | maanden_later       | 2022-11-30 | 3    | 2023-02-28 |
      | maanden_later       | 2024-03-31 | -1   | 2024-02-29 |
      | maanden_later       | 2023-12-31 | 2    | 2024-02-29 |
      | maanden_later       | 2024-01-15 | 12   | 2025-01-15 |
      | maanden_later       | 2024-01-31 | 1.9  | 2024-02-29 |
      | weken_later         | 2024-02-22 | 1    | 2024-02-29 |
      | dagen_later         | 2023-12-31 | 1    | 2024-01-01 |
      | dagen_later         | 2024-03-01 | -1   | 2024-02-29 |
      | jaar_en_maand_later | 2024-02-29 | 0    | 2025-03-29 |
      | jaar_en_maand_later | 2023-01-31 | 0    | 2024-03-01 |
      | datum               | 2024       | 2    | 2024-02-29 |
      | weekdag             | 2024-02-29 | 0    | 3          |
      | weekdag             | 2026-11-23 | 0    | 0          |

    Examples: differences between dates
      | output           | a          | b          | result |
      | dagen_ertussen   | 2024-02-28 | 2024-03-01 | 2      |
      | dagen_ertussen   | 2023-02-28 | 2023-03-01 | 1      |
      | dagen_ertussen   | 2024-03-01 | 2024-02-28 | -2     |
      | maanden_ertussen | 2023-01-31 | 2023-02-28 | 1      |
      | maanden_ertussen | 2023-01-31 | 2023-02-27 | 0      |
      | maanden_ertussen | 2024-01-31 | 2024-02-28 | 0      |
      | maanden_ertussen | 2024-01-31 | 2024-02-29 | 1      |
      | maanden_ertussen | 2023-02-28 | 2023-03-31 | 1      |
      | maanden_ertussen | 2023-03-31 | 2023-02-28 | -1     |
      | jaren_ertussen   | 2004-02-29 | 2022-02-28 | 18     |
      | jaren_ertussen   | 2000-05-05 | 2018-05-04 | 17     |

  Scenario Outline: <output> of <a> and <b> cannot be computed, in either generation
    Given parameter "a" is "<a>"
    And parameter "b" is "<b>"
    When I evaluate "<output>" of "bewerkingen_base"
    Then the execution fails with "<says>"
    When I evaluate "<output>" of "bewerkingen"
    Then the execution fails with "<says>"

    Examples: types
      | output      | a          | b      | says          |
      | som         | 1          | een    | type mismatch |
      | som         | een        | 1      | type mismatch |
      | som         | [1]        | 1      | type mismatch |
      | verschil    | een        | 1      | type mismatch |
      | product     | true       | 1      | type mismatch |
      | kleinste    | 1          | []     | type mismatch |
      | afgerond    | een        | 0      | type mismatch |
      | groter      | 2024-01-01 | 1      | type mismatch |
      | groter      | een        | twee   | type mismatch |
      | leeftijd    | 12         | 12     | type mismatch |
      | deel        | 12         | 0      | type mismatch |
      | deel        | {"stuk": 1} | 0     | not found     |

    Examples: numbers that do not fit, and dates that do not exist
      | output      | a                   | b          | says                |
      | quotient    | 1                   | 0          | division by zero    |
      | som         | 9223372036854775807 | 1          | arithmetic overflow |
      | product     | 9223372036854775807 | 2          | arithmetic overflow |
      | verschil    | -9223372036854775808 | 1         | arithmetic overflow |
      | datum       | 2023                | 2          | invalid date        |
      | datum       | 2023                | 13         | invalid date        |
      | leeftijd    | 2023-02-29          | 2024-01-01 | invalid date        |
      | leeftijd    | 2025-1-1            | 2024-01-01 | invalid date        |
      | dagen_later | 2024-01-01          | 99999999   | invalid date        |

  Scenario Outline: older forms that files still use: <output> of <a> and <b> is <result>
    Given parameter "a" is "<a>"
    And parameter "b" is "<b>"
    When I evaluate "<output>" of "bewerkingen_base"
    Then output "<output>" equals "<result>"

    Examples:
      | output         | a          | b          | result                       |
      | samengevoegd   | taal       | les        | taalles                      |
      | dagen_verschil | 2024-02-28 | 2024-03-01 | 2                            |
      | jaren_verschil | 2004-02-29 | 2022-02-28 | 18                           |
      | oude_keuze     | true       | 0          | ja                           |
      | oude_keuze     | false      | 0          | nee                          |
      | oude_beide     | true       | false      | false                        |
      | in_verwezen    | 2          | [1, 2]     | true                         |
      | in_verwezen    | 3          | [1, 2]     | false                        |
      | adres          | 0          | 0          | {"straat": "Dam", "nummer": 1} |

  Scenario Outline: newer operations: <output> of <a> is <result>
    Given parameter "a" is "<a>"
    When I evaluate "<output>" of "bewerkingen"
    Then output "<output>" equals "<result>"

    Examples: parts and beginnings of dates
      | output         | a          | result     |
      | jaar           | 2024-02-29 | 2024       |
      | dag            | 2024-02-29 | 29         |
      | begin_van_jaar | 2024-02-29 | 2024-01-01 |
      | volgende_maand | 2024-01-31 | 2024-02-01 |
      | volgende_maand | 2023-12-31 | 2024-01-01 |

    Examples: collections
      | output         | a                                | result |
      | dubbel         | [1, 2]                           | [2, 4] |
      | dubbel         | 3                                | [6]    |
      | dubbel         | null                             | []     |
      | som_boven_vijf | [4, 5, 6, 7.5]                   | 13.5   |
      | som_boven_vijf | []                               | 0      |
      | hoogste        | [3, 1.5]                         | 3      |
      | laagste        | [3, 1.5]                         | 1.5    |
      | hoogste        | []                               | null   |
      | alle           | []                               | true   |
      | enige          | []                               | false  |
      | alle           | [true, false]                    | false  |
      | enige          | [true, false]                    | true   |
      | leeftijden     | [{"leeftijd": 8}, {"leeftijd": 40}] | [8, 40] |

  Scenario Outline: newer operations: <output> of <a> cannot be computed
    Given parameter "a" is "<a>"
    When I evaluate "<output>" of "bewerkingen"
    Then the execution fails with "<says>"

    Examples:
      | output  | a            | says                     |
      | hoogste | [1, null]    | operand is null          |
      | alle    | [true, null] | operand is null          |
      | dubbel  | [1, "een"]   | type mismatch            |
      | jaar    | 2023-02-29   | invalid date             |
