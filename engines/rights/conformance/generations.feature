Feature: Both generations in one folder
  Each file goes by the rules of the schema it names. What a newer law does not know stays unknown in an older one: it never
  becomes "no".

  Scenario: an older law that asks a newer one
    Given parameter "bsn" is "12"
    When I evaluate "uit_nieuw" of "gemengd_base"
    Then output "uit_nieuw" is unknown for lack of "ingeschreven"
    And output "hoe_dan_ook" is true
    Given the following "brp" data with key "bsn" for law "gemengd":
      | bsn | ingeschreven |
      | 12  | true         |
    When I evaluate "uit_nieuw" of "gemengd_base"
    Then output "uit_nieuw" is false

  Scenario: a newer law that asks an older one
    Given parameter "bsn" is "12"
    And the following "register" data with key "bsn" for law "gemengd_base":
      | bsn | inkomen |
      | 12  |         |
    When I evaluate "uit_oud" of "gemengd"
    Then output "uit_oud" is true

  Scenario: an older law fails on what nobody has, also when a newer one asks
    Given parameter "bsn" is "12"
    When I evaluate "uit_oud" of "gemengd"
    Then the execution fails with "inkomen"
