Feature: Inputs
  The first that has a value gives it: the caller, under the input's own name; a register; the other law. A law that is
  asked gets only what is mapped, and the same day.

  Scenario Outline: what another law gets: <law>
    Given the calculation date is "2026-11-23"
    And parameter "bsn" is "12"
    And parameter "geheim" is "niet doorgeven"
    When I evaluate "echo_uit" of "<law>"
    Then output "echo_uit" equals "[12, "letterlijk", "acht", "2026-11-23"]"
    When I evaluate outputs "jaar_van_vandaag, vandaag" of "<law>"
    Then output "jaar_van_vandaag" equals 2026
    And output "vandaag" equals "2026-11-23"

    Examples:
      | law         |
      | invoer_base |
      | invoer      |

  Scenario Outline: who gives a value first: <law>
    Given parameter "bsn" is "12"
    When I evaluate "waarde_uit" of "<law>"
    Then output "waarde_uit" equals 7
    # A register that is bound to no law answers also where an input names a law; names of fields in any case.
    Given the following "later" data with key "bsn" for law "iets_anders":
      | bsn | waarde |
      | 12  | 1      |
    And the following "eerste" data with key "bsn":
      | bsn | WAARDE |
      | 12  | 8      |
      | 13  | 80     |
    And the following "tweede" data with key "bsn":
      | bsn | waarde |
      | 12  | 9      |
    When I evaluate "waarde_uit" of "<law>"
    Then output "waarde_uit" equals 8
    Given parameter "waarde" is 10
    When I evaluate "waarde_uit" of "<law>"
    Then output "waarde_uit" equals 10

    Examples:
      | law         |
      | invoer_base |
      | invoer      |

  Scenario Outline: a register bound to one law answers that law only: <law>
    Given parameter "bsn" is "12"
    And the following "register" data with key "bsn" for law "<law>":
      | bsn | inkomen | partner_bsn |
      | 12  | 500     | 13          |
      | 13  | 70      | null        |
    When I evaluate "inkomen" of "<law>"
    Then output "inkomen" equals 1000
    # The output, not the register's own figure, though both bear one name.
    When I evaluate "inkomen_plus_een" of "<law>"
    Then output "inkomen_plus_een" equals 1001
    When I evaluate "inkomen_partner" of "<law>"
    Then output "inkomen_partner" equals 140

    Examples:
      | law         |
      | invoer_base |
      | invoer      |

  Scenario: up to v0.5.6 a fact nobody has is an error, only where it is read
    Given parameter "bsn" is "12"
    When I evaluate "lees" of "invoer_base"
    Then the execution fails with "gelezen"
    Given the following "register" data with key "bsn":
      | bsn | gelezen |
      | 12  | 3       |
    When I evaluate "lees" of "invoer_base"
    Then output "lees" equals 3

  Scenario: up to v0.5.6 an empty cell is null, and another law is asked about nobody too
    Given parameter "bsn" is "12"
    And the following "register" data with key "bsn":
      | bsn | gelezen | partner_bsn |
      | 12  |         |             |
    When I evaluate "lees" of "invoer_base"
    Then output "lees" is null
    When I evaluate "inkomen_partner" of "invoer_base"
    Then the execution fails with "inkomen"

  Scenario: from v0.5.7 on a fact nobody has is unknown, and nobody is not asked about
    Given parameter "bsn" is "12"
    When I evaluate "lees" of "invoer"
    Then output "lees" is unknown for lack of "gelezen"
    # Nor is another law asked about somebody we do not know.
    When I evaluate "inkomen_partner" of "invoer"
    Then output "inkomen_partner" is unknown for lack of "partner_bsn"
    Given the following "register" data with key "bsn":
      | bsn | gelezen | partner_bsn |
      | 12  |         | null        |
    When I evaluate "lees" of "invoer"
    Then output "lees" is unknown for lack of "gelezen"
    When I evaluate "inkomen_partner" of "invoer"
    Then output "inkomen_partner" is absent
    Given the following "register" data with key "bsn" for law "invoer":
      | bsn | inkomen |
      | 13  | 70      |
    And parameter "partner_bsn" is "13"
    When I evaluate "inkomen_partner" of "invoer"
    Then output "inkomen_partner" equals 140

  Scenario: from v0.5.7 on a required parameter that is null or left out is refused
    Given parameter "bsn" is "null"
    When I evaluate "waarde_uit" of "invoer"
    Then the execution fails with "cannot be evaluated for nobody"
    And the execution fails with "bsn"

  Scenario Outline: what needs itself, and what is not there: <output> of <law>
    When I evaluate "<output>" of "<law>"
    Then the execution fails with "<says>"

    Examples:
      | law        | output            | says                                  |
      | kring_base | heen              | circular reference                    |
      | kring      | heen              | circular reference                    |
      | kring_base | zonder_wet        | Law 'er_is_geen_wet' not found        |
      | kring      | zonder_wet        | Law 'er_is_geen_wet' not found        |
      | kring_base | zonder_uitkomst   | Output 'er_is_geen_uitkomst' not found |
      | kring      | zonder_uitkomst   | Output 'er_is_geen_uitkomst' not found |
      | kring      | bestaat_niet      | Output 'bestaat_niet' not found       |
